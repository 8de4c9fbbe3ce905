import assert from 'node:assert/strict';
import { it } from 'node:test';
import { cautionText, predictionPowered, roganGladen } from '../stats/index.ts';
import { correctedRateSchema, reportedCorrection } from './correction.ts';

it('a corrected rate has its cautions in words in a document, where they stood, and fits its form', () => {
  const verdicts = Uint8Array.from([1, 1, 1, 0, 1, 1]);
  const byLabels = predictionPowered({
    verdicts,
    labels: Int8Array.from([1, 1, -1, -1, 1, -1]),
    inclusion: new Float64Array(verdicts.length).fill(0.5),
    clusters: Int32Array.from([0, 0, 1, 1, 2, 2]),
    clauses: new Int32Array(verdicts.length),
  });
  const byCertificate = roganGladen(
    { adheres: 499, trials: 500, effective: 500 },
    { sensitivity: { hits: 90, trials: 100 }, specificity: { hits: 80, trials: 100 } },
  );
  for (const rate of [byLabels, byCertificate]) {
    const told = reportedCorrection(rate);
    assert.deepEqual(correctedRateSchema.parse(told), told);
    assert.equal(told.caution, cautionText(rate.cautions));
    assert.deepEqual(
      Object.keys(told).filter((key) => key !== 'assumes'),
      Object.keys(rate).map((key) => (key === 'cautions' ? 'caution' : key)),
    );
  }
  assert.match(reportedCorrection(byLabels).caution ?? '', /^how alike|^these data/);
  assert.equal(reportedCorrection(byLabels).assumes?.length, 1);
});
