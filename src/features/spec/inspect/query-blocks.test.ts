import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem } from './messages.ts';

function messageFor(query: string, reason: string, offset: number): string {
  return problem('wrong-query', { query, reason, offset }).message;
}

test('a query that is wrong is shown around the place, whatever its length', () => {
  assert.equal(
    messageFor('level:boss', 'There is no level "boss".', 6),
    '<query>:1:7: There is no level "boss".\n  level:boss\n        ^',
  );
  const long = messageFor(`${'a'.repeat(50_000)}\u001b${'b'.repeat(50_000)}`, 'No.', 50_001);
  const [, shown, caret] = long.split('\n');
  assert.ok(long.length < 200, long);
  assert.equal(shown?.charAt((caret ?? '').indexOf('^')), 'b');
});
