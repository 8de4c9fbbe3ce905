import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { designEffect } from './cluster-correlation.ts';
import { expectedWidth } from './expected-width.ts';
import { seededRandom } from './random.ts';
import { wilsonInterval } from './wilson.ts';

describe('expected width', () => {
  it('should be the mean width over what the trials may show', () => {
    const random = seededRandom(3);
    let sum = 0;
    const audits = 20_000;
    for (let audit = 0; audit < audits; audit++) {
      let successes = 0;
      for (let trial = 0; trial < 12; trial++) if (random() < 0.85) successes++;
      const { low, high } = wilsonInterval(successes / 12, 12, 0.95);
      sum += high - low;
    }
    const width = expectedWidth({ trials: 12, rate: 0.85 });
    assert.ok(width !== null && Math.abs(width - sum / audits) < 0.001);
  });

  it('should not jump where the sum gives way to its limit', () => {
    const exact = expectedWidth({ trials: 400, rate: 0.9 });
    const limit = expectedWidth({ trials: 401, rate: 0.9 });
    assert.ok(exact !== null && limit !== null && Math.abs(exact / limit - 1) < 0.005);
  });

  it('should grow with the design effect, shrink with trials, and be the plain width at 0 and 1', () => {
    const width = (trials: number, effect: number): number =>
      expectedWidth({ trials, rate: 0.85, designEffect: effect }) ?? Number.NaN;
    assert.ok(width(30, designEffect([3, 3, 3], 0.5)) > width(30, 1));
    assert.ok(width(60, 1) < width(30, 1));
    const { low, high } = wilsonInterval(1, 30, 0.95);
    assert.equal(expectedWidth({ trials: 30, rate: 1 }), high - low);
    assert.equal(expectedWidth({ trials: 0, rate: 0.5 }), null);
    for (const trials of [-1, 2.5, Number.NaN]) {
      assert.throws(() => expectedWidth({ trials, rate: 0.5 }), RangeError);
    }
  });

  it('should take uneven clusters for what they are', () => {
    assert.equal(designEffect([1, 1, 1], 0.9), 1);
    assert.equal(designEffect([2, 2], 0.5), 1.5);
    assert.equal(designEffect([1, 3], 0.5), 1.75);
    assert.equal(designEffect([], 0.5), 1);
  });
});
