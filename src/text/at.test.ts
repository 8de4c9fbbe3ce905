import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, valueAt } from './at.ts';

test('what is there is given, and what is missing is a fault', () => {
  assert.deepEqual([at([0, 1], 1), at(Int8Array.of(-1), 0), at([null], 0)], [1, -1, null]);
  assert.equal(valueAt(new Map([['a', 0]]), 'a'), 0);
  assert.throws(() => at(['a', 'b'], 2), new RangeError('there is no element 2 of 2'));
  assert.throws(() => at([], -1), RangeError);
  assert.throws(() => valueAt(new Map(), 'a'), new RangeError('there is nothing under a'));
});
