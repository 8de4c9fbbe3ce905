import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Said } from '../../../test/servers/behaviours.ts';
import { ask, type Client, clients, connect, request } from '../../../test/servers/clients.ts';
import type { Answer, ModelRequest } from '../types.ts';
import { readChat } from './chat-completions.ts';
import { readResponses } from './responses.ts';

const [chat, responses, vllm] = clients as [Client, Client, Client];

const schema = {
  name: 'verdict',
  schema: {
    type: 'object',
    properties: { outcome: { type: 'string' } },
    required: ['outcome'],
    additionalProperties: false,
  },
};

/** One exchange: the body that went out, and the answer that came back. */
async function exchange(
  client: Client,
  asked: ModelRequest,
  said: Said = 'yes',
  options = '',
): Promise<{ body: Record<string, unknown>; answer: Answer }> {
  await using server = await client.start({ behaviour: () => said });
  const provider = connect(client, server.base, options);
  const answer = await ask(provider, asked);
  await provider.close();
  return { body: server.bodies[0] ?? {}, answer };
}

const everything: ModelRequest = request('hi', {
  parameters: { maxTokens: 50, temperature: 0, topP: 0.9, seed: 7, stop: ['END'], logprobs: 2 },
  tools: [{ name: 'search', description: 'Finds.', parameters: { type: 'object' } }],
  schema,
});

describe('chat completions', () => {
  it('should ask in the words of OpenAI', async () => {
    const { body } = await exchange(chat, everything);
    assert.deepEqual(body, {
      model: 'gpt-5',
      messages: [{ role: 'user', content: 'hi' }],
      max_completion_tokens: 50,
      temperature: 0,
      top_p: 0.9,
      seed: 7,
      stop: ['END'],
      logprobs: true,
      top_logprobs: 2,
      tools: [
        {
          type: 'function',
          function: { name: 'search', description: 'Finds.', parameters: { type: 'object' } },
        },
      ],
      response_format: { type: 'json_schema', json_schema: { ...schema, strict: true } },
    });
  });

  it('should ask others in the words that they know', async () => {
    const { body } = await exchange(vllm, everything);
    assert.equal(body.max_tokens, 50);
    assert.equal('max_completion_tokens' in body, false);
    assert.deepEqual(body.response_format, { type: 'json_schema', json_schema: schema });
  });

  it('should send nothing that was not asked for', async () => {
    const { body } = await exchange(chat, request('hi'));
    assert.deepEqual(Object.keys(body), ['model', 'messages']);
  });

  it("should fall back on the name's own parameters", async () => {
    const options = 'temperature=0.3&max_tokens=9';
    assert.partialDeepStrictEqual((await exchange(chat, request('hi'), 'yes', options)).body, {
      temperature: 0.3,
      max_completion_tokens: 9,
    });
    assert.partialDeepStrictEqual((await exchange(chat, everything, 'yes', options)).body, {
      temperature: 0,
      max_completion_tokens: 50,
    });
  });

  it('should read a whole reply', async () => {
    const { answer } = await exchange(chat, everything, 'so it is');
    assert.ok(answer.type === 'reply');
    assert.partialDeepStrictEqual(answer, {
      text: 'so it is',
      finish: 'stop',
      model: 'gpt-5-2025-08-07',
      usage: { input: 20, output: 5, cachedInput: 8, reasoning: 3 },
    });
    assert.deepEqual(
      answer.logprobs?.map(({ token }) => token),
      ['so ', 'it ', 'is'],
    );
    assert.deepEqual(answer.logprobs?.[0]?.alternatives, [
      { token: 'so ', logprob: -0.1 },
      { token: 'other', logprob: -2.5 },
    ]);
  });

  it('should read tool calls and replies that were cut short', async () => {
    const calls = [{ id: 'a', name: 'search', arguments: '{"q":1}' }];
    const { answer } = await exchange(chat, everything, { toolCalls: calls });
    assert.partialDeepStrictEqual(answer, {
      type: 'reply',
      text: '',
      finish: 'tool_calls',
      toolCalls: calls,
    });
    const cut = await exchange(chat, everything, { text: 'so', finish: 'length' });
    assert.partialDeepStrictEqual(cut.answer, { type: 'reply', text: 'so', finish: 'length' });
  });

  it('should send calls and results of tools as the protocol wants them', async () => {
    const { body, answer } = await exchange(chat, {
      ...request(''),
      messages: [
        { role: 'assistant', content: 'open("x")', recipient: 'browser' },
        { role: 'tool', name: 'browser', content: 'page' },
      ],
    });
    assert.equal(answer.type, 'reply');
    assert.deepEqual(body.messages, [
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'call00001',
            type: 'function',
            function: { name: 'browser', arguments: '{"input":"open(\\"x\\")"}' },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'call00001', content: 'page' },
    ]);
  });

  it('should say what is unsupported without asking', async () => {
    await using server = await vllm.start({});
    const provider = connect(vllm, server.base);
    const answer = await ask(provider, {
      ...request('x'),
      messages: [
        { role: 'user', content: 'x' },
        { role: 'system', content: 'y' },
      ],
    });
    assert.equal(answer.type, 'unsupported');
    assert.equal(server.requests, 0);
    await provider.close();
  });

  it('should show a wrong key as a failure to authenticate', async () => {
    await using server = await chat.start({ key: 'another' });
    const provider = connect(chat, server.base);
    const answer = await ask(provider, request('x'));
    assert.ok(answer.type === 'failure' && answer.kind === 'authentication' && !answer.transient);
    await provider.close();
  });
});

describe('the responses API', () => {
  it('should be asked in its own words', async () => {
    const asked = { ...everything, parameters: { ...everything.parameters, stop: undefined } };
    const { body, answer } = await exchange(responses, asked, 'so it is');
    assert.deepEqual(body, {
      model: 'gpt-5',
      input: [{ role: 'user', content: 'hi' }],
      store: false,
      max_output_tokens: 50,
      temperature: 0,
      top_p: 0.9,
      top_logprobs: 2,
      include: ['message.output_text.logprobs'],
      tools: [
        {
          type: 'function',
          name: 'search',
          description: 'Finds.',
          parameters: { type: 'object' },
          strict: false,
        },
      ],
      text: { format: { type: 'json_schema', ...schema, strict: true } },
    });
    assert.partialDeepStrictEqual(answer, {
      type: 'reply',
      text: 'so it is',
      finish: 'stop',
      usage: { input: 20, output: 5, cachedInput: 8, reasoning: 3 },
      model: 'gpt-5-2025-08-07',
    });
    assert.equal(answer.type === 'reply' && answer.logprobs?.length, 3);
  });

  it('should say that it has no stop sequences', async () => {
    const { answer } = await exchange(responses, everything);
    assert.ok(answer.type === 'unsupported' && /stop/.test(answer.reason));
  });

  it('should send and read tool calls', async () => {
    const calls = [{ id: 'a', name: 'search', arguments: '{}' }];
    const { body, answer } = await exchange(
      responses,
      {
        ...request(''),
        messages: [
          { role: 'user', content: 'x' },
          { role: 'assistant', content: 'Wait.', toolCalls: calls },
          { role: 'tool', toolCallId: 'a', content: 'page' },
        ],
      },
      { toolCalls: calls },
    );
    assert.deepEqual((body.input as unknown[]).slice(1), [
      { role: 'assistant', content: 'Wait.' },
      { type: 'function_call', call_id: 'a', name: 'search', arguments: '{}' },
      { type: 'function_call_output', call_id: 'a', output: 'page' },
    ]);
    assert.partialDeepStrictEqual(answer, {
      type: 'reply',
      finish: 'tool_calls',
      toolCalls: calls,
    });
  });

  it('should read a reply that was cut short', async () => {
    const { answer } = await exchange(responses, request('x'), { text: 'so', finish: 'length' });
    assert.partialDeepStrictEqual(answer, { type: 'reply', text: 'so', finish: 'length' });
  });
});

describe('odd replies', () => {
  const read = (body: unknown) => readChat(JSON.stringify(body), 'http://h/v1');
  const message = (fields: object, rest: object = {}) =>
    read({ choices: [{ message: fields, finish_reason: 'stop', ...rest }] });

  it('should take an empty content for a reply without words', () => {
    assert.partialDeepStrictEqual(message({ content: null }), {
      type: 'reply',
      text: '',
      usage: { input: null, output: null },
    });
    assert.partialDeepStrictEqual(message({ content: '' }), { type: 'reply', text: '' });
  });

  it('should join contents in parts', () => {
    assert.partialDeepStrictEqual(
      message({
        content: [{ type: 'text', text: 'a' }, { type: 'other' }, { type: 'text', text: 'b' }],
      }),
      { type: 'reply', text: 'ab' },
    );
  });

  it('should read arguments that are an object, and give ids where there are none', () => {
    const answer = message({
      content: null,
      tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }],
    });
    assert.deepEqual(answer.type === 'reply' && answer.toolCalls, [
      { id: 'call00001', name: 'f', arguments: '{"a":1}' },
    ]);
  });

  it('should not believe wrong types', () => {
    for (const wrong of [
      message({ content: 5 }),
      message({ content: [5] }),
      message({ content: null, tool_calls: 'x' }),
      message({ content: null, tool_calls: [{ function: {} }] }),
      read({ choices: [5] }),
      read({ choices: [{}] }),
      read({ choices: 'x' }),
      read({}),
      read(null),
    ]) {
      assert.ok(wrong.type === 'failure' && wrong.kind === 'malformed', JSON.stringify(wrong));
    }
    assert.partialDeepStrictEqual(
      read({
        choices: [{ message: { content: 'a' }, logprobs: { content: [{ token: 1 }] } }],
        usage: { prompt_tokens: -1, completion_tokens: 'x' },
      }),
      {
        type: 'reply',
        finish: 'other',
        usage: { input: null, output: null },
      },
    );
  });

  it('should name the categories of a content filter', () => {
    const answer = message(
      { content: null },
      {
        finish_reason: 'content_filter',
        content_filter_results: { hate: { filtered: false }, violence: { filtered: true } },
      },
    );
    assert.ok(answer.type === 'filtered' && answer.reason.includes('(violence)'));
  });

  it('should see errors that gateways hide in a success', () => {
    assert.partialDeepStrictEqual(read({ error: { message: 'm', code: 502 } }), {
      type: 'failure',
      kind: 'server',
      transient: true,
      status: 502,
    });
    assert.partialDeepStrictEqual(
      message({ content: '' }, { error: { message: 'm', code: 429 } }),
      { type: 'failure', kind: 'rate_limit', transient: true },
    );
    assert.partialDeepStrictEqual(
      read({ error: { message: 'm', code: 403, metadata: { reasons: ['x'] } } }),
      { type: 'filtered' },
    );
  });

  it('should see failures of a response', () => {
    const failed = (error: object | null, status = 'failed') =>
      readResponses(JSON.stringify({ status, error, output: [] }), 'http://h/v1');
    assert.partialDeepStrictEqual(failed({ code: 'server_error', message: 'm' }), {
      type: 'failure',
      kind: 'server',
      transient: true,
    });
    assert.partialDeepStrictEqual(failed({ code: 'rate_limit_exceeded', message: 'm' }), {
      type: 'failure',
      kind: 'rate_limit',
      transient: true,
    });
    assert.partialDeepStrictEqual(
      failed({ code: 'invalid_prompt', message: 'flagged as violating our usage policy' }),
      { type: 'filtered' },
    );
    assert.partialDeepStrictEqual(failed({ code: 'invalid_prompt', message: 'too long' }), {
      type: 'failure',
      kind: 'request',
      transient: false,
    });
    assert.partialDeepStrictEqual(failed(null), { type: 'failure', kind: 'server' });
    assert.partialDeepStrictEqual(failed(null, 'incomplete'), {
      type: 'reply',
      text: '',
      finish: 'other',
    });
    assert.partialDeepStrictEqual(readResponses('{}', 'a'), { type: 'failure', kind: 'malformed' });
  });
});
