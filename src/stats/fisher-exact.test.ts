import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fisherExact } from './fisher-exact.ts';

const rows: [number, number, number, number, number][] = JSON.parse(
  readFileSync(new URL('../../test/oracles/fisher.json', import.meta.url), 'utf8'),
);

describe('the exact test of one share above another', () => {
  it('agrees with the hypergeometric tail computed outside', () => {
    for (const [hits, trials, otherHits, otherTrials, probability] of rows) {
      const own = fisherExact(hits, trials, otherHits, otherTrials);
      assert.ok(
        Math.abs(own - probability) <= 1e-9 * Math.max(probability, 1e-300),
        `${hits} of ${trials} against ${otherHits} of ${otherTrials}: ${own}, ${probability}`,
      );
    }
  });

  it('refuses what is no count', () => {
    assert.throws(() => fisherExact(3, 2, 0, 5), RangeError);
    assert.throws(() => fisherExact(0.5, 2, 0, 5), RangeError);
  });
});
