import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plantTrials } from '../../test/simulation/planted-trials.ts';
import { seededRandom } from './random.ts';

describe('seeded random numbers', () => {
  it('should be the same for the same seed and others for another', () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, seededRandom(seed));
    assert.deepEqual(draw(1), draw(1));
    assert.notDeepEqual(draw(1), draw(2));
  });

  it('should be uniform in 0..1', () => {
    const random = seededRandom(7);
    const bins = new Array<number>(20).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const value = random();
      assert.ok(value >= 0 && value < 1);
      const bin = Math.floor(value * 20);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const chiSquare = bins.reduce((sum, n) => sum + (n - 5000) ** 2 / 5000, 0);
    // 43.8 is exceeded once in a thousand seeds (19 degrees of freedom).
    assert.ok(chiSquare < 43.8, `${chiSquare}`);
  });
});

describe('planted trials', () => {
  it('should have the rate and the correlations asked for', () => {
    const plan = Array.from({ length: 20_000 }, () => ({ clause: 0, scenarios: 2, repeats: 2 }));
    const { outcomes } = plantTrials(seededRandom(5), plan, [0.8], { cluster: 0.2, scenario: 0.6 });
    const spread = 0.8 * 0.2;
    let mean = 0;
    let repeats = 0;
    let scenarios = 0;
    for (let start = 0; start < outcomes.length; start += 4) {
      const [a, b, c, d] = outcomes.subarray(start, start + 4);
      const [p, q, r, s] = [a, b, c, d].map((outcome) => (outcome ?? 0) - 0.8) as [
        number,
        number,
        number,
        number,
      ];
      mean += (p + q + r + s) / 4 + 0.8;
      repeats += (p * q + r * s) / 2;
      scenarios += ((p + q) * (r + s)) / 4;
    }
    assert.ok(Math.abs(mean / 20_000 - 0.8) < 0.01);
    assert.ok(Math.abs(repeats / 20_000 / spread - 0.6) < 0.03);
    assert.ok(Math.abs(scenarios / 20_000 / spread - 0.2) < 0.03);
  });
});
