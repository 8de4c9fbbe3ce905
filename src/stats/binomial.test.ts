import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { chanceOfAtLeast, chanceOfAtMost } from './binomial.ts';
import { regularisedBeta } from './incomplete-beta.ts';

describe('binomial tails', () => {
  it('should equal the incomplete beta function, and leave nothing between them', () => {
    const rate = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        rate,
        fc.double({ min: 0, max: 1 }),
        (n, p, at) => {
          const k = Math.floor((Number.isNaN(at) ? 0.5 : at) * (n - 1));
          const most = chanceOfAtMost(k, n, p);
          assert.ok(Math.abs(most - regularisedBeta(1 - p, n - k, k + 1)) < 1e-9);
          assert.ok(Math.abs(most + chanceOfAtLeast(k + 1, n, p) - 1) < 1e-9);
        },
      ),
    );
    // By scipy: far out in either tail the digits stay.
    assert.ok(Math.abs(chanceOfAtLeast(300, 1000, 0.1) / 6.823349107845461e-69 - 1) < 1e-9);
    assert.ok(Math.abs(chanceOfAtMost(9000, 100_000, 0.1) / 5.235223531829388e-27 - 1) < 1e-9);
  });

  it('should be 0 and 1 beyond the counts that there are, and refuse what is no count', () => {
    assert.equal(chanceOfAtMost(-1, 10, 0.5), 0);
    assert.equal(chanceOfAtMost(-1, 10, 0), 0);
    assert.equal(chanceOfAtLeast(11, 10, 1), 0);
    assert.equal(chanceOfAtLeast(0, 0, 0.5), 1);
    for (const [k, n, p] of [
      [Number.NaN, 10, 0.5],
      [1, 2.5, 0.5],
      [1, -2, 0.5],
      [1, 2, Number.NaN],
      [1, 2, 1.5],
    ] as const) {
      assert.throws(() => chanceOfAtMost(k, n, p), RangeError);
    }
  });
});
