import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { chanceOfAtMost } from './binomial.ts';
import { clopperPearson } from './clopper-pearson.ts';
import { commonOracle } from './common-oracle.fixture.ts';
import { betaQuantile, regularisedBeta } from './incomplete-beta.ts';
import { normalQuantile } from './normal.ts';
import { normalProbability } from './normal-probability.ts';
import { assertClose } from './oracle.fixture.ts';
import { seededRandom } from './random.ts';
import { zeroEventBound } from './zero-events.ts';

const shape = fc.double({ min: 0.05, max: 1e5, noNaN: true });
const inside = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

/** Equal to 1e-9 of the expected value, however small that is. */
function assertRelative(actual: number, expected: number, what: string): void {
  const room = 1e-9 * Math.abs(expected) + 1e-300;
  assert.ok(Math.abs(actual - expected) <= room, `${what}: ${actual} is not ${expected}`);
}

describe('incomplete beta function', () => {
  it('should agree with scipy to 1e-9, far tails and large shapes included', () => {
    for (const [x, a, b, probability] of commonOracle.beta) {
      assertRelative(regularisedBeta(x, a, b), probability, `I_${x}(${a}, ${b})`);
    }
    for (const [p, a, b, x] of commonOracle.betaQuantile) {
      // Some lie under the smallest number that there is.
      if (x > 1e-300) assertRelative(betaQuantile(p, a, b), x, `x with I(${a}, ${b}) = ${p}`);
      else assert.ok(betaQuantile(p, a, b) < 1e-290);
    }
  });

  it('should be undone by its quantile, mirror, and add up the binomial', () => {
    fc.assert(
      fc.property(inside, shape, shape, (p, a, b) => {
        const x = betaQuantile(p, a, b);
        // Within half a digit of x the function itself may move by more than the room.
        const step = 4e-16;
        const least = regularisedBeta(Math.max(0, x * (1 - step) - step), a, b);
        const most = regularisedBeta(Math.min(1, x * (1 + step) + step), a, b);
        assert.ok(least - 1e-9 <= p && p <= most + 1e-9, `${p} is not in ${least}..${most}`);
        assertClose(regularisedBeta(p, a, b), 1 - regularisedBeta(1 - p, b, a), 'mirrored');
      }),
    );
    fc.assert(
      fc.property(fc.nat(59), inside, (k, rate) => {
        assertClose(regularisedBeta(1 - rate, 60 - k, k + 1), chanceOfAtMost(k, 60, rate), 'tail');
      }),
    );
  });

  it('should refuse what is no probability and no shape', () => {
    assert.throws(() => regularisedBeta(1.1, 1, 1), RangeError);
    assert.throws(() => betaQuantile(-0.1, 1, 1), RangeError);
    for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => regularisedBeta(0.5, wrong, 1), RangeError);
      assert.throws(() => betaQuantile(0.5, 1, wrong), RangeError);
    }
  });
});

describe('normal probability', () => {
  it('should agree with scipy in the far tail too, and undo the quantile', () => {
    for (const [z, probability] of commonOracle.normalProbability) {
      assertRelative(normalProbability(z), probability, `Φ(${z})`);
    }
    fc.assert(
      fc.property(inside, (p) => assertClose(normalProbability(normalQuantile(p)), p, 'Φ(z(p))')),
    );
  });
});

describe('Clopper–Pearson interval', () => {
  it('should agree with scipy to 1e-9, whole counts or not', () => {
    for (const [successes, trials, confidence, low, high] of commonOracle.clopperPearson) {
      const interval = clopperPearson(successes, trials, confidence);
      assertClose(interval.low, low, `low of ${successes}/${trials} at ${confidence}`);
      assertClose(interval.high, high, `high of ${successes}/${trials} at ${confidence}`);
    }
  });

  it('should hold the share, mirror, and never have zero width', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 1e-9, 0.03, 0.5, 0.9, 1), shape, (share, trials) => {
        const successes = share * trials;
        const { low, high } = clopperPearson(successes, trials);
        assert.ok(0 <= low && low <= successes / trials && successes / trials <= high && high <= 1);
        assert.ok(low < high);
        const mirrored = clopperPearson(trials - successes, trials);
        assertClose(mirrored.low, 1 - high, 'low');
        assertClose(mirrored.high, 1 - low, 'high');
      }),
    );
  });

  it('should cover at least as often as it promises, whatever the rate', () => {
    const random = seededRandom(11);
    for (const trials of [3, 12, 40]) {
      const intervals = Array.from({ length: trials + 1 }, (_, k) =>
        clopperPearson(k, trials, 0.9),
      );
      for (let i = 0; i < 200; i++) {
        const rate = random();
        const held = intervals.map(({ low, high }) => low <= rate && rate <= high);
        const covered = held.reduce((sum, isHeld, k) => {
          const chance =
            chanceOfAtMost(k, trials, rate) - (k > 0 ? chanceOfAtMost(k - 1, trials, rate) : 0);
          return isHeld ? sum + chance : sum;
        }, 0);
        assert.ok(covered >= 0.9 - 1e-9, `${covered} at rate ${rate}, ${trials} trials`);
      }
    }
  });

  it('should refuse counts and settings that make no sense', () => {
    assert.throws(() => clopperPearson(3, 2), RangeError);
    assert.throws(() => clopperPearson(0, 0), RangeError);
    assert.throws(() => clopperPearson(1, 2, 95), RangeError);
  });
});

describe('bound of what was never seen', () => {
  it('should agree with scipy to 1e-9, and with the rule of three', () => {
    for (const [trials, confidence, bound] of commonOracle.zeroEvents) {
      assertClose(zeroEventBound(trials, confidence), bound, `0 of ${trials} at ${confidence}`);
    }
    assert.ok(Math.abs(zeroEventBound(1000) - 0.003) < 1e-5);
    assert.throws(() => zeroEventBound(0), RangeError);
    assert.throws(() => zeroEventBound(10, 1), RangeError);
  });
});
