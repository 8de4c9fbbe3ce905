import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ModelRequest } from './types.ts';
import { modelReplySchema, modelRequestSchema, readReply, requestText } from './wire.ts';

describe('requestText', () => {
  it('should be a request of its schema, whatever is asked', () => {
    const text = fc.string({ unit: 'binary' });
    // `__proto__` as a key is no property of what JSON.parse and zod build.
    const record = fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      text,
    );
    const message = fc.record(
      {
        role: fc.constantFrom('system', 'developer', 'user', 'assistant', 'tool'),
        content: text,
        name: text,
        recipient: text,
        toolCalls: fc.array(fc.record({ id: text, name: text, arguments: text })),
        toolCallId: text,
      },
      { requiredKeys: ['role', 'content'] },
    );
    const request = fc.record(
      {
        messages: fc.array(message),
        tools: fc.array(fc.record({ name: text, description: text, parameters: record })),
        parameters: fc.record(
          { maxTokens: fc.nat(), temperature: fc.double({ min: 0, max: 2, noNaN: true }) },
          { requiredKeys: [] },
        ),
        schema: fc.record({ name: text, schema: record }),
        repeat: fc.nat(),
      },
      { requiredKeys: ['messages', 'parameters', 'repeat'] },
    );
    fc.assert(
      fc.property(request, (asked) => {
        // As it crosses to a program: without prototypes, and without what JSON has no word for.
        const { schema, ...rest } = JSON.parse(JSON.stringify(asked)) as ModelRequest;
        const written = JSON.parse(requestText(asked as ModelRequest));
        const read = modelRequestSchema.parse(written);
        const { schema: name, answer, ...again } = read;
        assert.equal(name, 'tenet.model-request/1');
        assert.deepEqual(answer, schema);
        assert.deepEqual(again, rest);
      }),
      { numRuns: 30 },
    );
  });
});

describe('readReply', () => {
  const reply = (more: object): string =>
    JSON.stringify({ schema: 'tenet.model-reply/1', ...more });

  it('should take bare text as the reply, without the line end that echo puts there', () => {
    for (const [text, said] of [
      ['Hello.\n', 'Hello.'],
      ['Hello.\r\n', 'Hello.'],
      ['Two\n\n', 'Two\n'],
      [' {x', ' {x'],
      ['{"schema": "else/1", "text": "no"}', '{"schema": "else/1", "text": "no"}'],
      ['{"a": {"schema": "tenet.model-reply/1"}}', '{"a": {"schema": "tenet.model-reply/1"}}'],
      ['{"a": "tenet.model-reply/1"', '{"a": "tenet.model-reply/1"'],
    ] as const) {
      assert.partialDeepStrictEqual(readReply(text), { type: 'reply', text: said });
    }
  });

  it('should read its own form, with what is left out as unknown', () => {
    const bare = reply({ text: 'Hi' });
    assert.deepEqual(readReply(bare), {
      type: 'reply',
      text: 'Hi',
      finish: 'stop',
      usage: { input: null, output: null },
      raw: bare,
    });
    const toolCalls = [{ id: 'c1', name: 'search', arguments: '{}' }];
    const full = reply({
      toolCalls,
      finish: 'tool_calls',
      model: 'bot-3',
      usage: { input: 5, output: 7 },
    });
    assert.deepEqual(readReply(`\n${full}\n`), {
      type: 'reply',
      text: '',
      toolCalls,
      finish: 'tool_calls',
      model: 'bot-3',
      usage: { input: 5, output: 7 },
      raw: `\n${full}\n`,
    });
  });

  it('should tell a refusal', () => {
    assert.partialDeepStrictEqual(readReply(reply({ refused: 'I may not.' })), {
      type: 'refused',
      reason: 'I may not.',
      usage: { input: null, output: null },
    });
  });

  it('should never pass off a broken reply as the words of the model', () => {
    const wrong: [string, RegExp][] = [
      [reply({ text: 'Hi' }).slice(0, -3), /no JSON/],
      [reply({ text: 3 }), /^text: /],
      [reply({ usage: { input: -1 } }), /^usage\.input: /],
      [reply({ tool_calls: [] }), /tool_calls/],
      ['{"schema": "tenet.model-reply/2", "text": "Hi"}', /^schema: /],
    ];
    for (const [text, message] of wrong) {
      const answer = readReply(text);
      assert.ok(answer.type === 'failure' && answer.kind === 'malformed', text);
      assert.match(answer.message, message);
      assert.equal(answer.transient, false);
      assert.equal(answer.raw, text);
    }
  });

  it('should agree with its schema on every form there is', () => {
    const some = fc.record(
      {
        text: fc.string(),
        finish: fc.constantFrom('stop', 'length', 'other', 'never'),
        refused: fc.string(),
        usage: fc.record({ input: fc.option(fc.integer()), output: fc.option(fc.integer()) }),
        more: fc.constant(1),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(some, (given) => {
        const text = reply(given);
        const fits = modelReplySchema.safeParse(JSON.parse(text)).success;
        assert.equal(readReply(text).type === 'failure', !fits);
      }),
    );
  });
});
