import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { assertClose, oracle } from './oracle.fixture.ts';
import { wilson, wilsonInterval } from './wilson.ts';

const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const trials = fc.double({ min: 0.5, max: 1e7, noNaN: true });
const confidence = fc.double({ min: 0.01, max: 0.9999, noNaN: true });

describe('Wilson interval', () => {
  it('should agree with scipy to 1e-9', () => {
    for (const [successes, n, level, low, high] of oracle.wilson) {
      const rate = wilson(successes, n, level);
      assertClose(rate.low, low, `low of ${successes}/${n} at ${level}`);
      assertClose(rate.high, high, `high of ${successes}/${n} at ${level}`);
    }
  });

  it('should stay in 0..1 and hold the share', () => {
    fc.assert(
      fc.property(share, trials, confidence, (p, n, level) => {
        const { low, high } = wilsonInterval(p, n, level);
        assert.ok(0 <= low && low <= p && p <= high && high <= 1 && low < high);
      }),
    );
  });

  it('should mirror when successes and failures change places', () => {
    fc.assert(
      fc.property(share, trials, confidence, (p, n, level) => {
        const { low, high } = wilsonInterval(p, n, level);
        const mirrored = wilsonInterval(1 - p, n, level);
        assertClose(mirrored.low, 1 - high, 'low');
        assertClose(mirrored.high, 1 - low, 'high');
      }),
    );
  });

  it('should widen with confidence and narrow with trials', () => {
    fc.assert(
      fc.property(share, trials, confidence, confidence, (p, n, one, other) => {
        const narrow = wilsonInterval(p, n, Math.min(one, other));
        const wide = wilsonInterval(p, n, Math.max(one, other));
        assert.ok(wide.low <= narrow.low + 1e-12 && narrow.high <= wide.high + 1e-12);
        const more = wilsonInterval(p, 2 * n, one);
        const fewer = wilsonInterval(p, n, one);
        assert.ok(more.high - more.low <= fewer.high - fewer.low);
      }),
    );
  });

  it('should say that nothing was counted', () => {
    const rate = wilson(0, 0);
    assert.equal(rate.estimate, null);
    assert.equal(rate.low, null);
    assert.equal(rate.high, null);
    assert.equal(rate.reason, 'nothing was counted');
  });

  it('should refuse counts and settings that make no sense', () => {
    assert.throws(() => wilson(3, 2), RangeError);
    assert.throws(() => wilson(-1, 2), RangeError);
    assert.throws(() => wilson(Number.NaN, 2), RangeError);
    assert.throws(() => wilson(1, 2, 95), RangeError);
    assert.throws(() => wilsonInterval(0.5, 0, 0.95), RangeError);
    assert.throws(() => wilsonInterval(1.2, 3, 0.95), RangeError);
  });
});
