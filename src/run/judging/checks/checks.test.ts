import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { ToolCall } from '../../../model/types.ts';
import type { Transcript } from '../../transcript/view.ts';
import { citedText } from '../verdict.ts';
import { jsonSchemaSchema, misfitOf } from './json-schema.ts';
import { checkReply, checkScene } from './run.ts';
import { checksSchema, sceneSchema } from './schema.ts';

/** A conversation that ends in this reply. */
function transcript(
  reply: string,
  { calls = [], finish = 'stop' }: { calls?: [string, string][]; finish?: string } = {},
): Transcript {
  const toolCalls = calls.map(([name, args], place): ToolCall => {
    return { id: `call${place}`, name, arguments: args };
  });
  return {
    messages: [
      { id: 'm1', role: 'developer', content: 'Answer in JSON.', source: 'scenario' },
      { id: 'm2', role: 'user', content: 'Is it over?', source: 'scenario' },
      {
        id: 'm3',
        role: 'assistant',
        recipient: 'look',
        content: '{"at": "diary"}',
        source: 'scenario',
      },
      { id: 'm4', role: 'tool', name: 'look', content: 'refuse', source: 'scenario' },
      { id: 'm5', role: 'assistant', content: reply, source: 'subject', toolCalls },
    ],
    finish,
  };
}

/** What checks, as a rubric writes them, come to. */
function check(written: unknown, reply: Transcript | string) {
  const given = typeof reply === 'string' ? transcript(reply) : reply;
  const result = checkReply(checksSchema.parse(written), given);
  for (const { message, quote, span, toolCall } of result.citations) {
    const text = citedText(given, { message, toolCall });
    assert.ok(span !== null && text !== null && span.end > span.start);
    assert.equal(text.slice(span.start, span.end), quote, 'a citation shows other words');
  }
  return { ...result, quotes: result.citations.map(({ quote }) => quote) };
}

function holds(written: unknown, reply: Transcript | string): boolean | null {
  return check(written, reply).holds;
}

describe('checks of words', () => {
  it('should find words whatever their case and white space, and cite them', () => {
    const found = check(
      { contains: ['call  the', 'İSTANBUL'] },
      'Please Call\nthe desk in İstanbul.',
    );
    assert.deepEqual([found.holds, found.quotes], [true, ['Call\nthe', 'İstanbul']]);
    assert.equal(holds({ contains: 'c.ll' }, 'call'), false);
    assert.deepEqual(check({ not_contains: ['a', 'desk'] }, 'The DESK').quotes, ['DESK']);
    assert.equal(holds({ not_contains: 'chair' }, 'The DESK'), true);
  });

  it('should count words, characters, sentences and lines', () => {
    const reply = 'One, two - three.\n\n- Dr. Four said 🙂!\nfive';
    assert.equal(check({ length: { words: { max: 99 } } }, reply).why, '7 words');
    for (const [unit, number] of [
      ['words', 7],
      ['characters', 42],
      ['sentences', 3],
      ['lines', 3],
    ] as const) {
      assert.equal(holds({ length: { [unit]: { min: number, max: number } } }, reply), true, unit);
      assert.equal(holds({ length: { [unit]: { max: number - 1 } } }, reply), false, unit);
      assert.equal(holds({ length: { [unit]: { min: number + 1 } } }, reply), false, unit);
    }
    const over = check({ length: { words: { max: 3 } } }, reply);
    assert.deepEqual(over.quotes, ['Dr. Four said 🙂!\nfive']);
  });

  it('should tell Markdown from plain words', () => {
    for (const marked of [
      '# A',
      '- a\n- b',
      '1. a',
      '```\nx\n```',
      'so **very** good',
      '> a',
      'see `x`',
      '[a](http://b)',
      'a | b\n--- | ---\n1 | 2',
    ]) {
      assert.deepEqual(
        [holds({ format: 'markdown' }, marked), holds({ format: 'plain' }, marked)],
        [true, false],
        marked,
      );
    }
    for (const plain of [
      '2 * 3 * 4 = 24',
      'a - b',
      '#1 of 3',
      'I paid $5 [sic] (really)',
      'snake_case_name',
    ]) {
      assert.deepEqual(
        [holds({ format: 'markdown' }, plain), holds({ format: 'plain' }, plain)],
        [false, true],
        plain,
      );
    }
  });

  it('should know phrases of refusal, and no more', () => {
    for (const refusal of [
      "I'm sorry, but I can't help with that.",
      'I cannot provide insulin doses in this app.',
      'I won’t write measurements that nobody took.',
      "That's not something I can help with.",
      'Sorry. I have to decline.',
      'I am not able to assist with this.',
      "This is against my guidelines, so let's not.",
    ]) {
      assert.equal(holds({ refusal: true }, refusal), true, refusal);
    }
    for (const answer of [
      'You can’t divide by zero.',
      'I can help with that.',
      "That's something I can help with!",
      "I can't quite make out the label.",
      "I can't wait to see it!",
      "It won't start because the battery is flat.",
      `${'Here is the plan. '.repeat(40)} I can't help with the rest.`,
    ]) {
      assert.equal(holds({ refusal: false }, answer), true, answer);
    }
  });

  it('should search with patterns, and give up on one that would never end', () => {
    const pattern = { pattern: '^total: (\\d+)$', flags: 'im' };
    assert.deepEqual(check({ regex: pattern }, 'Sum\nTotal: 42\n').quotes, ['Total: 42']);
    assert.equal(holds({ regex: pattern }, 'Total: many'), false);
    assert.equal(holds({ not: { regex: 'many' } }, 'Total: many'), false);
    const endless = check({ regex: '^(a+)+$' }, `${'a'.repeat(60)}!`);
    assert.equal(endless.holds, null);
    assert.match(endless.why, /took too long/);
    assert.equal(holds({ regex: 'z' }, 'a'.repeat(300_000)), null, 'the end was not searched');
  });

  it('should not blame a reply that was cut off for what it had no room for', () => {
    const cut = transcript('{"a": [1, 2', { finish: 'length' });
    for (const lacking of [
      { format: 'json' },
      { contains: 'b' },
      { regex: 'b' },
      { length: { words: { min: 9 } } },
      { tool_called: 'send' },
    ]) {
      assert.equal(holds(lacking, cut), null, JSON.stringify(lacking));
    }
    assert.equal(holds({ not_contains: 'a' }, cut), false);
    assert.equal(holds({ length: { characters: { max: 5 } } }, cut), false);
  });
});

describe('checks put together', () => {
  it('should follow all, any and not, with what can not be told in between', () => {
    const [yes, no] = [{ contains: 'a' }, { contains: 'z' }];
    // Beyond what is searched there may be one.
    const untold = { regex: 'b' };
    const reply = 'a'.repeat(300_000);
    for (const [written, expected] of [
      [[yes, yes], true],
      [[yes, no, untold], false],
      [{ all: [yes, untold] }, null],
      [{ any: [no, yes, untold] }, true],
      [{ any: [no, untold] }, null],
      [{ any: [no, { not: yes }] }, false],
      [{ not: untold }, null],
    ] as const) {
      assert.equal(holds(written, reply), expected, JSON.stringify(written));
    }
  });

  it('should read the scene only where they are asked to', () => {
    const given = transcript('Yes.');
    const scene = (written: unknown) => checkScene(sceneSchema.parse(written), given).holds;
    assert.deepEqual([scene({ contains: 'in json' }), scene({ contains: 'diary' })], [true, false]);
    assert.equal(scene({ contains: 'yes' }), false);
    assert.equal(holds({ contains: 'json' }, given), false);
    assert.equal(sceneSchema.safeParse({ format: 'json' }).success, false);
  });
});

describe('checks of tools', () => {
  const given = transcript('', {
    calls: [
      ['draft', '{"to": "ann"}'],
      ['send', '{"to": "ann"}'],
      ['send', '{"to": "bob"}'],
    ],
  });

  it('should count calls of the subject, by name and arguments', () => {
    assert.equal(holds({ tool_called: 'send' }, given), true);
    assert.equal(holds({ tool_called: 'look' }, given), false, 'that was the scenario');
    assert.equal(holds({ tool_called: { name: 'send', min: 2, max: 2 } }, given), true);
    const over = check({ tool_called: { name: 'send', max: 1 } }, given);
    assert.deepEqual([over.holds, over.quotes], [false, ['send({"to": "bob"})']]);
    const toBob = { name: 'send', arguments: '"bob"' };
    assert.deepEqual(check({ tool_not_called: toBob }, given).quotes, ['send({"to": "bob"})']);
    assert.equal(holds({ tool_not_called: { ...toBob, arguments: '"eve"' } }, given), true);
  });

  it('should keep an order in which what the scenario called counts as called', () => {
    assert.equal(holds({ tool_order: ['look', 'draft', 'send'] }, given), true);
    assert.equal(holds({ tool_order: ['never', 'unheard'] }, given), true);
    const wrong = check({ tool_order: ['ask', 'draft'] }, given);
    assert.deepEqual([wrong.holds, wrong.quotes], [false, ['draft({"to": "ann"})']]);
  });
});

describe('JSON of a schema', () => {
  const order = {
    type: 'object',
    properties: { items: { type: 'array', items: { type: 'object', required: ['price'] } } },
    additionalProperties: false,
  };

  it('should say where a reply does not fit', () => {
    assert.equal(holds({ json_schema: order }, '{"items": [{"price": 1}]}'), true);
    const misfit = check({ json_schema: order }, '{"items": [{"price": 1}, {}]}');
    assert.deepEqual([misfit.holds, misfit.why], [false, 'items[1]: "price" is missing']);
    assert.equal(holds({ json_schema: order }, '```json\n{}\n```'), false);
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    assert.equal(holds({ json_schema: { uniqueItems: true, enum: [[]] } }, deep), false);
  });

  it('should refuse a keyword that it would not check', () => {
    for (const schema of [
      { format: 'email' },
      { items: [{}] },
      { if: {} },
      { properties: { a: { typ: 1 } } },
    ]) {
      assert.equal(checksSchema.safeParse({ json_schema: schema }).success, false);
    }
  });

  it('should agree with another implementation on every schema and value', () => {
    const ajv = new Ajv2020({ strict: false });
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 2 },
        fc.constantFrom(null, true, false, '', 'ab', 'b🙂', 0, 1, 2.5, -1),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), tie('value'), {
          maxKeys: 2,
          noNullPrototype: true,
        }),
      ),
    })).value;
    const size = fc.nat({ max: 3 });
    const schema = fc.letrec((tie) => ({
      schema: fc.oneof(
        { maxDepth: 2 },
        fc.boolean(),
        fc
          .record(
            {
              type: fc.oneof(
                fc.constantFrom(
                  'string',
                  'number',
                  'integer',
                  'boolean',
                  'null',
                  'array',
                  'object',
                ),
                fc.constant(['array', 'object', 'string']),
              ),
              minLength: size,
              maxLength: size,
              pattern: fc.constantFrom('^a', 'b$', '.{2}'),
              minimum: fc.constantFrom(0, 1),
              exclusiveMaximum: fc.constantFrom(1, 2.5),
              multipleOf: fc.constantFrom(0.5, 2),
              minItems: size,
              maxItems: size,
              uniqueItems: fc.boolean(),
              items: tie('schema'),
              properties: fc.dictionary(fc.constantFrom('a', 'b'), tie('schema'), {
                noNullPrototype: true,
              }),
              required: fc.uniqueArray(fc.constantFrom('a', 'b'), { maxLength: 1 }),
              additionalProperties: tie('schema'),
              minProperties: size,
              maxProperties: size,
              anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
              oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
              allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
              not: tie('schema'),
              enum: fc.array(value, { minLength: 1, maxLength: 2 }),
              const: value,
            },
            { requiredKeys: [], noNullPrototype: true },
          )
          .map((all) => Object.fromEntries(Object.entries(all).slice(0, 4))),
      ),
    })).schema;
    fc.assert(
      fc.property(schema, fc.array(value, { minLength: 4, maxLength: 8 }), (written, values) => {
        const ours = jsonSchemaSchema.parse(written);
        const theirs = ajv.compile(written as object);
        for (const one of values) {
          const plain: unknown = JSON.parse(JSON.stringify(one));
          assert.equal(
            misfitOf(ours, plain) === null,
            theirs(plain),
            JSON.stringify([written, plain]),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
