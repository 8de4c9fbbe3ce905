import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { commonOracle } from './common-oracle.fixture.ts';
import { scoreTest } from './difference-tests.ts';
import { assertClose } from './oracle.fixture.ts';
import { detectableDrop, powerAgainstBound, powerOfComparison, trialsFor } from './power.ts';
import { seededRandom } from './random.ts';
import { wilsonInterval } from './wilson.ts';

const rate = fc.double({ min: 0.02, max: 0.98, noNaN: true });

describe('power of a plan', () => {
  it('should agree with the oracle to 1e-9', () => {
    for (const [
      first,
      second,
      trials,
      effect,
      correlation,
      alpha,
      power,
    ] of commonOracle.comparisons) {
      const plan = { first, second, trials, designEffect: effect, correlation, alpha };
      assertClose(powerOfComparison(plan), power, `${first} and ${second}`);
    }
    for (const [first, trials, effect, correlation, alpha, power, drop] of commonOracle.drops) {
      const plan = { first, trials, designEffect: effect, correlation, alpha };
      assertClose(detectableDrop(plan, power), drop, `drop from ${first}`);
    }
    for (const [planned, bound, trials, effect, confidence, power] of commonOracle.bounds) {
      const plan = { rate: planned, bound, trials, designEffect: effect, confidence };
      assertClose(powerAgainstBound(plan), power, `${planned} against ${bound}`);
    }
  });

  it('should be what a simulated comparison has', () => {
    const random = seededRandom(17);
    const draw = (chance: number): number => {
      let hits = 0;
      for (let i = 0; i < 200; i++) hits += random() < chance ? 1 : 0;
      return hits / 200;
    };
    let found = 0;
    for (let i = 0; i < 2000; i++) {
      const first = { share: draw(0.9), effective: 200 };
      if (scoreTest(first, { share: draw(0.8), effective: 200 }) <= 0.05) found++;
    }
    const promised = powerOfComparison({ first: 0.9, second: 0.8, trials: 200 });
    assert.ok(Math.abs(found / 2000 - promised) < 0.04, `${found / 2000} is not ${promised}`);
  });

  it('should rise with trials, fall with the design effect, and be 80 % at the drop it finds', () => {
    fc.assert(
      fc.property(rate, fc.integer({ min: 10, max: 5000 }), (first, trials) => {
        const drop = detectableDrop({ first, trials });
        if (drop === null) {
          const power = powerOfComparison({ first, second: 0, trials });
          assert.ok(power <= 0.8 + 1e-6);
          return;
        }
        const plan = { first, second: first - drop, trials };
        const power = powerOfComparison(plan);
        assert.ok(power >= 0.8 - 1e-9 && power < 0.8 + 1e-3, `${power}`);
        assert.ok(powerOfComparison({ ...plan, trials: 2 * trials }) >= power);
        assert.ok(powerOfComparison({ ...plan, designEffect: 2 }) <= power);
        assert.ok(powerOfComparison({ ...plan, correlation: 0.5 }) >= power - 1e-12);
      }),
    );
  });

  it('should ask for just enough trials', () => {
    fc.assert(
      fc.property(rate, fc.double({ min: 0.01, max: 0.4, noNaN: true }), (planned, halfWidth) => {
        const trials = trialsFor({ rate: planned, halfWidth });
        const half = (n: number): number => {
          const { low, high } = wilsonInterval(planned, n, 0.95);
          return (high - low) / 2;
        };
        assert.ok(half(trials) <= halfWidth);
        if (trials > 1) assert.ok(half(trials - 1) > halfWidth);
      }),
    );
    const clustered = trialsFor({ rate: 0.9, halfWidth: 0.05, designEffect: 2 });
    assert.ok(Math.abs(clustered - 2 * trialsFor({ rate: 0.9, halfWidth: 0.05 })) <= 2);
  });

  it('should not reckon with subjects more alike than their rates allow', () => {
    // At 0.9 and 0.5 the second can adhere only where the first does: 40 % of pairs differ, all one way.
    const plan = { first: 0.9, second: 0.5, trials: 20 };
    const possible = powerOfComparison({ ...plan, correlation: 1 / 3 });
    assertClose(powerOfComparison({ ...plan, correlation: 0.9 }), possible, 'capped');
    assert.ok((detectableDrop({ first: 0.9, trials: 20, correlation: 1 }) ?? 0) > 0.25);
  });

  it('should end where no number of trials is near enough to be told from its neighbour', () => {
    const trials = trialsFor({ rate: 0.5, halfWidth: 1e-9 });
    assert.ok(Math.abs(trials / 9.6e17 - 1) < 0.01, `${trials}`);
  });

  it('should refuse a plan of nothing', () => {
    assert.throws(() => powerOfComparison({ first: 0.5, second: 0.6, trials: 0 }), RangeError);
    assert.throws(() => powerAgainstBound({ rate: 1.5, bound: 0.5, trials: 9 }), RangeError);
    assert.throws(() => trialsFor({ rate: 0.5, halfWidth: 0 }), RangeError);
    assert.equal(detectableDrop({ first: 0.2, trials: 5 }), null);
  });
});
