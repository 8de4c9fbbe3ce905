import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { deflate, inflate } from './texts.ts';

test('any value with long and odd strings survives being taken apart into texts', () => {
  const codeUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));
  const long = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 600 }),
    fc.string({ unit: codeUnit, minLength: 180, maxLength: 220 }),
  );
  const value = fc
    .tuple(long, fc.array(long))
    .map(([text, list]) => ({ text, list, nested: { text } }));
  fc.assert(
    fc.property(value, (given) => {
      const texts = new Map<string, string>();
      const json = deflate(given, (digest, text) => texts.set(digest, text));
      assert.deepEqual(inflate(json, texts), given);
    }),
  );
});

test('a document may use the words that mark a text', () => {
  const texts = new Map<string, string>();
  const given = JSON.parse(
    `[{"$text": "${'a'.repeat(64)}", "$$text": 1}, {"$$$text": {"$text": {}}}, {"__proto__": {"a": 1}}]`,
  );
  given.push({ text: 'long '.repeat(100) });
  const json = deflate(given, (digest, text) => texts.set(digest, text));
  assert.deepEqual(inflate(json, texts), given);
  assert.equal(texts.size, 1);
});
