import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Said } from '../../../test/servers/behaviours.ts';
import { ask, type Client, clients, connect, request } from '../../../test/servers/clients.ts';
import type { Answer, ModelRequest } from '../types.ts';
import { readSdkDeclined } from './sdk-answers.ts';

const [anthropic, google, mistral] = clients.slice(3) as [Client, Client, Client];

const schema = {
  name: 'verdict',
  schema: {
    type: 'object',
    properties: { outcome: { type: 'string' } },
    required: ['outcome'],
    additionalProperties: false,
  },
};

async function exchange(
  client: Client,
  asked: ModelRequest,
  said: Said = '{"outcome":"x"}',
): Promise<{ body: Record<string, unknown>; answer: Answer }> {
  await using server = await client.start({ behaviour: () => said });
  const provider = connect(client, server.base);
  const answer = await ask(provider, asked);
  await provider.close();
  return { body: server.bodies[0] ?? {}, answer };
}

const everything: ModelRequest = request('hi', {
  messages: [
    { role: 'system', content: 'S' },
    { role: 'developer', content: 'D' },
    { role: 'user', content: 'one' },
    { role: 'user', content: 'two' },
    { role: 'assistant', content: 'open("x")', recipient: 'browser' },
    { role: 'tool', name: 'browser', content: 'page' },
  ],
  parameters: { maxTokens: 50, temperature: 0, stop: ['END'], seed: 7 },
  schema,
});

describe('Anthropic', () => {
  it('should be asked in its own words', async () => {
    const { body, answer } = await exchange(anthropic, everything);
    assert.partialDeepStrictEqual(body, {
      model: 'claude-sonnet-4-5',
      max_tokens: 50,
      temperature: 0,
      stop_sequences: ['END'],
      system: [{ type: 'text', text: '# System message\n\nS\n\n# Developer message\n\nD' }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'one\n\ntwo' }] },
        {
          role: 'assistant',
          content: [
            { type: 'tool_use', id: 'call00001', name: 'browser', input: { input: 'open("x")' } },
          ],
        },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 'call00001', content: 'page' }],
        },
      ],
      tools: [{ name: 'browser' }],
      output_config: { format: { type: 'json_schema' } },
    });
    assert.partialDeepStrictEqual(answer, {
      type: 'reply',
      text: '{"outcome":"x"}',
      finish: 'stop',
      model: 'claude-sonnet-4-5-20250929',
      usage: { input: 20, output: 5, cachedInput: 8 },
    });
  });

  it('should give JSON also through models that have no native schemas', async () => {
    const old = { ...anthropic, model: 'anthropic:claude-3-haiku-20240307' };
    const { body, answer } = await exchange(old, request('hi', { schema }));
    assert.partialDeepStrictEqual(body, { tool_choice: { type: 'any' } });
    assert.partialDeepStrictEqual(answer, {
      type: 'reply',
      text: '{"outcome":"x"}',
      finish: 'stop',
    });
    assert.equal('toolCalls' in answer, false);
  });

  it('should not be asked with a temperature that would be trimmed', async () => {
    const { answer } = await exchange(
      anthropic,
      request('a "temperature":1.5 b', { parameters: { temperature: 1.5 } }),
    );
    assert.ok(answer.type === 'unsupported');
    assert.match(answer.reason, /a temperature of 1.5/);
  });

  it('should not be asked with one parameter that another one cancels', async () => {
    const { answer } = await exchange(
      anthropic,
      request('x', { parameters: { temperature: 0.5, topP: 0.9 } }),
    );
    assert.ok(answer.type === 'unsupported' && /top_p of 0.9 together/.test(answer.reason));
  });
});

describe('Google', () => {
  it('should be asked in its own words', async () => {
    const { body, answer } = await exchange(google, everything);
    assert.partialDeepStrictEqual(body, {
      generationConfig: {
        maxOutputTokens: 50,
        temperature: 0,
        stopSequences: ['END'],
        seed: 7,
        responseMimeType: 'application/json',
      },
      systemInstruction: { parts: [{ text: '# System message\n\nS\n\n# Developer message\n\nD' }] },
      contents: [
        { role: 'user', parts: [{ text: 'one\n\ntwo' }] },
        {
          role: 'model',
          parts: [{ functionCall: { name: 'browser', args: { input: 'open("x")' } } }],
        },
        { role: 'user', parts: [{ functionResponse: { name: 'browser' } }] },
      ],
    });
    assert.partialDeepStrictEqual(answer, {
      type: 'reply',
      text: '{"outcome":"x"}',
      model: 'gemini-2.5-pro-001',
      usage: { input: 20, output: 5, cachedInput: 8, reasoning: 3 },
    });
  });

  it('should show its way of refusing a key as a failure to authenticate', () => {
    const failure = {
      type: 'failure',
      kind: 'request',
      message: 'm',
      transient: false,
      status: 400,
    } as const;
    const error = { message: 'API key not valid. Please pass a valid API key.', codes: [] };
    const answer = readSdkDeclined('google', { type: 'declined', failure, error, raw: '' });
    assert.ok(answer.type === 'failure' && answer.kind === 'authentication');
  });
});

describe('Mistral', () => {
  it('should be asked in its own words', async () => {
    const { body, answer } = await exchange(mistral, everything);
    assert.partialDeepStrictEqual(body, {
      max_tokens: 50,
      temperature: 0,
      stop: ['END'],
      random_seed: 7,
      response_format: { type: 'json_schema' },
    });
    assert.deepEqual(
      (body.messages as { role: string }[]).map(({ role }) => role),
      ['system', 'user', 'assistant', 'tool'],
    );
    assert.partialDeepStrictEqual(answer, {
      type: 'reply',
      text: '{"outcome":"x"}',
      usage: { input: 20, output: 5 },
    });
  });
});

for (const client of [anthropic, google, mistral]) {
  describe(client.model, () => {
    it('should read tool calls and replies that were cut short', async () => {
      const calls = [
        { id: 'abcdefgh1', name: 'search', arguments: '{"q":1}' },
        { id: 'abcdefgh2', name: 'search', arguments: '{"q":2}' },
      ];
      const tools = [
        {
          name: 'search',
          description: 'Finds.',
          parameters: { type: 'object', properties: { q: { type: 'number' } } },
        },
      ];
      const called = await exchange(client, request('x', { tools }), {
        text: 'Wait.',
        toolCalls: calls,
      });
      assert.partialDeepStrictEqual(called.answer, {
        type: 'reply',
        text: 'Wait.',
        finish: 'tool_calls',
        toolCalls: calls,
      });
      const cut = await exchange(client, request('x'), { text: 'so', finish: 'length' });
      assert.partialDeepStrictEqual(cut.answer, { type: 'reply', text: 'so', finish: 'length' });
    });

    it('should send the results of calls made side by side together', async () => {
      const call = (id: string, name: string) => ({ id, name, arguments: '{}' });
      const { answer } = await exchange(
        client,
        request('', {
          messages: [
            { role: 'user', content: 'x' },
            {
              role: 'assistant',
              content: '',
              toolCalls: [call('abcdefgh1', 'a'), call('abcdefgh2', 'b')],
            },
            { role: 'tool', toolCallId: 'abcdefgh2', content: '2' },
            { role: 'tool', toolCallId: 'abcdefgh1', content: '1' },
          ],
        }),
      );
      assert.equal(answer.type, 'reply', JSON.stringify(answer));
    });

    it('should keep calls at the same time apart', async () => {
      await using server = await client.start({ latency: 5 });
      const provider = connect(client, server.base);
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => ask(provider, request(`n${index}`))),
      );
      for (const [index, answer] of answers.entries()) {
        assert.ok(
          answer.type === 'reply' &&
            answer.text === `n${index}` &&
            answer.raw.includes(`n${index}`),
        );
      }
      await provider.close();
    });

    it('should say what is unsupported without asking', async () => {
      await using server = await client.start({});
      const provider = connect(client, server.base);
      const answer = await ask(
        provider,
        request('', { messages: [{ role: 'developer', content: 'x' }] }),
      );
      assert.equal(answer.type, 'unsupported');
      assert.equal(server.requests, 0);
      await provider.close();
    });
  });
}
