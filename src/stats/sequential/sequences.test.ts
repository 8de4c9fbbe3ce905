import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { measureSequences } from '../../../test/simulation/planted-sequences.ts';
import { assertClose } from '../oracle.fixture.ts';
import { bettingSequence, type ConfidenceSequence } from './betting.ts';
import { empiricalBernsteinSequence } from './empirical-bernstein.ts';
import { oracle } from './oracle.fixture.ts';

const draw = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const draws = fc.array(draw, { maxLength: 60 });
const precision = fc.oneof(fc.constant(null), fc.double({ min: 0.01, max: 0.45, noNaN: true }));

function after(sequence: ConfidenceSequence, values: readonly number[]): ConfidenceSequence {
  for (const value of values) sequence.add(value);
  return sequence;
}

describe('confidence sequences', () => {
  it('should agree with Python to 1e-9 at every moment looked at', () => {
    for (const [place, { draws: values, ...settings }] of oracle.cases.entries()) {
      for (const [make, expected] of [
        [() => bettingSequence(settings), settings.betting],
        [() => empiricalBernsteinSequence(settings.confidence), settings.empiricalBernstein],
      ] as const) {
        for (const [n, low, high] of expected) {
          const interval = after(make(), values.slice(0, n)).interval();
          assertClose(interval?.low ?? null, low, `low of case ${place} after ${n}`);
          assertClose(interval?.high ?? null, high, `high of case ${place} after ${n}`);
        }
      }
    }
  });

  it('should only ever narrow, inside 0..1, and mirror when 0 and 1 change places', () => {
    fc.assert(
      fc.property(draws, precision, (values, width) => {
        const settings = { confidence: 0.95, precision: width };
        const [plain, mirrored] = [bettingSequence(settings), bettingSequence(settings)];
        let last = { low: 0, high: 1 };
        for (const value of values) {
          plain.add(value);
          mirrored.add(1 - value);
          const [interval, other] = [plain.interval(), mirrored.interval()];
          if (interval === null) return;
          assert.ok(last.low <= interval.low && interval.high <= last.high);
          assertClose(other?.low ?? null, 1 - interval.high, 'mirrored');
          last = interval;
        }
      }),
    );
  });

  it('should know nothing before the first draw, and say when no mean agrees with the draws', () => {
    const settings = { confidence: 0.95, precision: 0.05 };
    assert.deepEqual(bettingSequence(settings).interval(), { low: 0, high: 1 });
    const drifting = [...Array(400).fill(1), ...Array(400).fill(0)];
    assert.equal(after(bettingSequence(settings), drifting).interval(), null);
    assert.equal(after(empiricalBernsteinSequence(0.95), drifting).interval(), null);
  });

  it('should refuse settings and draws that make no sense', () => {
    assert.throws(() => bettingSequence({ confidence: 95, precision: null }), RangeError);
    assert.throws(() => bettingSequence({ confidence: 0.95, precision: 0.5 }), RangeError);
    assert.throws(() => bettingSequence({ confidence: 0.95, precision: 0 }), RangeError);
    assert.throws(
      () => bettingSequence({ confidence: 0.95, precision: null }).add(1.1),
      RangeError,
    );
    assert.throws(() => empiricalBernsteinSequence(0.95).add(Number.NaN), RangeError);
  });
});

describe('coverage at all times at once', () => {
  for (const [rate, width] of [
    [0.5, 0.1],
    [0.9, 0.1],
    [0.98, 0.05],
    [0.5, null],
  ] as const) {
    it(`should be 95 % or more, whenever one stops, at rate ${rate} for ±${width}`, () => {
      const measured = measureSequences({
        rate,
        precision: width,
        confidence: 0.95,
        draws: 1000,
        sequences: 400,
        seed: 7,
      });
      // 0.95 less two standard errors of 400 sequences.
      assert.ok(measured.everHeld >= 0.928, `betting: ${measured.everHeld}`);
      // The test can tell: looking at a Wilson interval after every draw loses the rate far more often.
      assert.ok(measured.wilsonEverHeld < 0.8, `Wilson: ${measured.wilsonEverHeld}`);
    });
  }

  it('should hold the mean rate of several pots that are drawn from by turns', () => {
    const measured = measureSequences({
      rate: 0.7,
      spread: 0.25,
      precision: 0.05,
      confidence: 0.95,
      draws: 1000,
      sequences: 400,
      seed: 8,
    });
    assert.ok(measured.everHeld >= 0.928, `${measured.everHeld}`);
  });

  it('should need no more than twice the draws of a fixed sample of known size', () => {
    const { drawsToStop, fixedDraws } = measureSequences({
      rate: 0.5,
      precision: 0.1,
      confidence: 0.95,
      draws: 1000,
      sequences: 200,
      seed: 9,
    });
    assert.ok(
      drawsToStop !== null && fixedDraws !== null && drawsToStop < 2 * fixedDraws,
      `${drawsToStop} against ${fixedDraws}`,
    );
  });
});
