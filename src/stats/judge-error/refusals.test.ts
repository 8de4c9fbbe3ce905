import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { predictionPowered } from './prediction-powered.ts';
import { roganGladen } from './rogan-gladen.ts';
import type { Judged, JudgeErrors } from './types.ts';

const observed = { adheres: 8, trials: 10, effective: 10 };

function judged(labels: readonly number[]): Judged {
  return {
    verdicts: Uint8Array.from(labels, (_, place) => place % 2),
    labels: Int8Array.from(labels),
    inclusion: new Float64Array(labels.length).fill(1),
    clusters: Int32Array.from(labels.keys()),
    clauses: new Int32Array(labels.length),
  };
}

describe('why a rate is not corrected', () => {
  const cases: [what: string, errors: JudgeErrors, code: string, data: object, reason: RegExp][] = [
    [
      'a judge without a record',
      { sensitivity: { hits: 0, trials: 0 }, specificity: { hits: 0, trials: 0 } },
      'not-measured-on',
      { truths: ['violates', 'adheres'] },
      /not measured on items that violate or that adhere$/,
    ],
    [
      'a judge that guesses',
      { sensitivity: { hits: 2, trials: 5 }, specificity: { hits: 10, trials: 20 } },
      'no-better-than-chance',
      { sensitivity: 0.4, specificity: 0.5 },
      /sensitivity 0\.40 \+ specificity 0\.50 is not above 1$/,
    ],
    [
      'a judge of whom too little is known',
      { sensitivity: { hits: 1, trials: 1 }, specificity: { hits: 1, trials: 1 } },
      'every-rate-possible',
      {},
      /^so few labels leave every rate possible$/,
    ],
  ];
  for (const [what, errors, code, data, reason] of cases) {
    it(`should be told as data and in words: ${what}`, () => {
      const rate = roganGladen(observed, errors);
      assert.deepEqual(rate.because, { code, data });
      assert.match(rate.reason ?? '', reason);
    });
  }

  it('should be told of labels too, and how far they let the verdicts in where there is a rate', () => {
    assert.equal(predictionPowered(judged([])).because?.code, 'no-trial');
    assert.equal(predictionPowered(judged([-1, -1])).because?.code, 'no-label');
    const rate = predictionPowered(judged([0, 1, 0, 1, 0, 1]));
    assert.deepEqual([rate.because, rate.reason], [undefined, undefined]);
    assert.ok(Math.abs((rate.power ?? 0) - 1) < 1e-9, 'the labels say what the judge says');
  });
});
