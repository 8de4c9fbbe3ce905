import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  auditOf,
  type CorrectionQuestion,
  measureCorrection,
} from '../../../test/simulation/judge-error.ts';
import { seededRandom } from '../random.ts';
import { isPossible } from './cutoff.ts';
import { measureJudge } from './judge-errors.ts';
import { planLabels } from './label-plan.ts';
import { predictionPowered } from './prediction-powered.ts';
import { roganGladen, seenThroughJudge } from './rogan-gladen.ts';
import type { Judged, JudgeErrors } from './types.ts';

function errorsOf(caught: number, violating: number, quiet: number, adhering: number): JudgeErrors {
  return {
    sensitivity: { hits: caught, trials: violating },
    specificity: { hits: quiet, trials: adhering },
  };
}

const run = (adheres: number, trials: number) => ({ adheres, trials, effective: trials });

/** Every item in a cluster and a clause of its own kind; a label of −1 is none. */
function judged(rows: { verdict: number; label: number; times: number }[]): Judged {
  const all = rows.flatMap(({ verdict, label, times }) =>
    Array.from({ length: times }, () => ({ verdict, label })),
  );
  return {
    verdicts: Uint8Array.from(all, (row) => row.verdict),
    labels: Int8Array.from(all, (row) => row.label),
    inclusion: new Float64Array(all.length).fill(0.1),
    clusters: Int32Array.from(all, (_, i) => i),
    clauses: new Int32Array(all.length),
  };
}

describe('rates corrected by a judge’s record', () => {
  it('should invert what the judge’s errors do to a rate', () => {
    // 10 % violate; 0.9·0.1 + 0.2·0.9 = 27 % are called so.
    const rate = roganGladen(run(730, 1000), errorsOf(90, 100, 80, 100));
    assert.ok(Math.abs((rate.estimate ?? 0) - 0.9) < 1e-12);
    assert.equal(rate.labels, 200);
    assert.ok((rate.low ?? 1) < 0.86 && (rate.high ?? 0) > 0.98);
  });

  it('should hold its estimate, stay in 0..1, have a width, and rise with the judge’s rate', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const size = fc.integer({ min: 5, max: 300 });
    fc.assert(
      fc.property(share, share, share, size, size, (adheres, q1, q0, violating, adhering) => {
        const errors = errorsOf(
          Math.round(q1 * violating),
          violating,
          Math.round(q0 * adhering),
          adhering,
        );
        const less = roganGladen(run(Math.floor(adheres * 150), 200), errors);
        const more = roganGladen(run(Math.floor(adheres * 150) + 50, 200), errors);
        for (const { estimate, low, high, reason } of [less, more]) {
          if (estimate === null || low === null || high === null) {
            assert.ok(reason !== undefined);
            continue;
          }
          assert.ok(0 <= low && low <= estimate && estimate <= high && high <= 1 && low < high);
        }
        if (less.estimate !== null && more.estimate !== null) {
          assert.ok(less.estimate <= more.estimate);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('should leave the rate of a perfect judge with endless labels as it is', () => {
    const rate = roganGladen(run(170, 200), errorsOf(1e7, 1e7, 1e7, 1e7));
    assert.ok(Math.abs((rate.estimate ?? 0) - 0.85) < 1e-12);
    // The likelihood-ratio interval of 30 in 200 alone.
    assert.ok(Math.abs((rate.low ?? 0) - 0.7962) < 5e-4, `${rate.low}`);
    assert.ok(Math.abs((rate.high ?? 0) - 0.8949) < 5e-4, `${rate.high}`);
  });

  it('should not take 25 of 25 for a perfect judge', () => {
    const record = roganGladen(run(380, 400), errorsOf(25, 25, 25, 25));
    const perfect = roganGladen(run(380, 400), errorsOf(1e7, 1e7, 1e7, 1e7));
    const width = (rate: { low: number | null; high: number | null }) =>
      (rate.high ?? 0) - (rate.low ?? 0);
    assert.ok(width(record) > 1.3 * width(perfect));
    assert.equal(record.high, 1);
  });

  it('should refuse a judge no better than chance, and one without a record', () => {
    const chance = roganGladen(run(90, 100), errorsOf(10, 20, 10, 20));
    assert.equal(chance.estimate, null);
    assert.equal(chance.low, null);
    assert.match(chance.reason ?? '', /no more often than chance/);
    const unmeasured = roganGladen(run(90, 100), errorsOf(0, 0, 10, 20));
    assert.match(unmeasured.reason ?? '', /not measured on items that violate/);
    assert.equal(unmeasured.labelsNeeded, 27);
    assert.match(roganGladen(run(0, 0), errorsOf(9, 10, 9, 10)).reason ?? '', /no trial/);
  });

  it('should give no estimate where every rate is left possible, and say how many labels would do', () => {
    const rate = roganGladen(run(50, 100), errorsOf(6, 10, 5, 10));
    assert.equal(rate.estimate, null);
    assert.deepEqual([rate.low, rate.high], [0, 1]);
    assert.ok((rate.labelsNeeded ?? 0) > 100);
  });

  it('should say that a record can’t hold where a run shows too few violations for it', () => {
    const rate = roganGladen(run(499, 500), errorsOf(90, 100, 80, 100));
    assert.equal(rate.estimate, 1);
    assert.deepEqual(rate.cautions, [{ code: 'fewer-than-false-alarms' }]);
  });

  it('should refuse counts beyond their trials', () => {
    assert.throws(() => roganGladen(run(5, 4), errorsOf(1, 2, 1, 2)), RangeError);
    assert.throws(() => roganGladen(run(3, 4), errorsOf(3, 2, 1, 2)), /Sensitivity/);
  });
});

describe('a judge’s record', () => {
  it('should count items that share a seed for fewer', () => {
    const truths = Uint8Array.from([0, 0, 0, 0, 1, 1, 1, 1]);
    const verdicts = Uint8Array.from([0, 0, 1, 1, 1, 1, 1, 1]);
    const apart = measureJudge({
      truths,
      verdicts,
      clusters: Int32Array.from(truths, (_, i) => i),
    });
    assert.deepEqual(apart, errorsOf(2, 4, 4, 4));
    const pairs = measureJudge({
      truths,
      verdicts,
      clusters: Int32Array.from(truths, (_, i) => i >> 1),
    });
    assert.ok(pairs.sensitivity.trials < 3);
    assert.equal(pairs.sensitivity.hits / pairs.sensitivity.trials, 0.5);
  });
});

describe('rates corrected by labels on the run', () => {
  it('should weigh people’s answers within each verdict by how often it was given', () => {
    const rate = predictionPowered(
      judged([
        { verdict: 0, label: -1, times: 80 },
        { verdict: 0, label: 0, times: 15 },
        { verdict: 0, label: 1, times: 5 },
        { verdict: 1, label: -1, times: 860 },
        { verdict: 1, label: 1, times: 38 },
        { verdict: 1, label: 0, times: 2 },
      ]),
    );
    // 10 % flagged, 3 in 4 of them rightly; of the other 90 %, 1 in 20 missed.
    assert.ok(Math.abs((rate.estimate ?? 0) - (1 - 0.075 - 0.045)) < 1e-9);
    assert.ok((rate.low ?? 1) < 0.88 && (rate.high ?? 0) > 0.88);
    assert.equal(rate.labels, 60);
  });

  it('should weigh labels by the chance of having been drawn', () => {
    const items = judged([
      { verdict: 1, label: -1, times: 60 },
      { verdict: 1, label: 1, times: 20 },
      { verdict: 1, label: 0, times: 20 },
    ]);
    for (let i = 80; i < 100; i++) items.inclusion[i] = 1;
    const rate = predictionPowered(items);
    assert.ok(Math.abs((rate.estimate ?? 0) - 200 / 220) < 1e-9);
  });

  it('should not collapse where no label violates', () => {
    const rate = predictionPowered(
      judged([
        { verdict: 1, label: -1, times: 300 },
        { verdict: 1, label: 1, times: 50 },
      ]),
    );
    assert.equal(rate.estimate, 1);
    assert.equal(rate.high, 1);
    assert.ok((rate.low ?? 1) < 0.96);
  });

  it('should refuse where all share one seed, and say what it assumes where seeds are few', () => {
    const items = judged([
      { verdict: 1, label: -1, times: 6 },
      { verdict: 1, label: 1, times: 4 },
    ]);
    assert.deepEqual(predictionPowered(items).cautions, undefined);
    const inSeeds = (seeds: number) =>
      predictionPowered({ ...items, clusters: items.clusters.map((_, place) => place % seeds) });
    assert.match(inSeeds(1).reason ?? '', /single seed/);
    assert.deepEqual([inSeeds(1).low, inSeeds(1).labelsNeeded], [null, undefined]);
    assert.deepEqual(inSeeds(2).cautions, [{ code: 'correlation-assumed', correlation: 0.5 }]);
  });

  it('should refuse without labels, and a chance that can’t be', () => {
    const none = predictionPowered(judged([{ verdict: 1, label: -1, times: 9 }]));
    assert.equal(none.estimate, null);
    assert.ok((none.labelsNeeded ?? 0) > 0);
    const items = judged([{ verdict: 1, label: 1, times: 3 }]);
    items.inclusion[1] = 0;
    assert.throws(() => predictionPowered(items), /Item 1 is labelled/);
  });
});

describe('a plan for labels', () => {
  const strata = [
    { name: 'flagged', verdict: 'violates', judged: 50, labelled: 10, labelledAgree: 5 },
    { name: 'others', verdict: 'adheres', judged: 950, labelled: 10, labelledAgree: 10 },
  ] as const;

  it('should spend the budget, narrow the interval, and never ask for more than there is', () => {
    const plan = planLabels(strata, 100);
    assert.equal(
      plan.more.reduce((sum, { labels }) => sum + labels, 0),
      100,
    );
    assert.ok(plan.widthAfter < 0.7 * plan.widthBefore);
    const all = planLabels(strata, 5000);
    assert.deepEqual(
      all.more.map(({ labels }) => labels),
      [40, 940],
    );
  });

  it('should ask where people disagree with the judge', () => {
    const alike = { verdict: 'adheres', judged: 500, labelled: 20 } as const;
    const plan = planLabels(
      [
        { name: 'sure', ...alike, labelledAgree: 20 },
        { name: 'unsure', ...alike, labelledAgree: 12 },
      ],
      100,
    );
    assert.ok((plan.more[1]?.labels ?? 0) > 1.5 * (plan.more[0]?.labels ?? 0));
  });

  it('should refuse counts that can’t be', () => {
    assert.throws(() => planLabels([{ ...strata[0], labelled: 60 }], 5), /flagged/);
    assert.throws(() => planLabels(strata, 1.5), /whole number/);
  });
});

/** Chances of 0 up to so many hits. */
function chancesOf(trials: number, share: number, most: number): number[] {
  const chances = [(1 - share) ** trials];
  for (let hits = 0; hits < most; hits++) {
    const odds = ((trials - hits) / (hits + 1)) * (share / (1 - share));
    chances.push((chances[hits] as number) * odds);
  }
  return chances;
}

describe('coverage of corrected 95 % intervals', () => {
  const usual: CorrectionQuestion = {
    method: 'Rogan–Gladen',
    rate: 0.05,
    sensitivity: 0.7,
    specificity: 0.99,
    labels: 200,
    trials: 480,
    clusters: true,
    audits: 400,
    seed: 2,
  };
  const ask = (question: Partial<CorrectionQuestion>) =>
    measureCorrection({ ...usual, ...question });

  for (const question of [
    { rate: 0.01, labels: 50 },
    { rate: 0.2, sensitivity: 0.7, specificity: 0.7, clusters: false, trials: 240 },
    { method: 'prediction-powered', rate: 0.01, labels: 50 },
    { method: 'prediction-powered', rate: 0.2, sensitivity: 0.7, specificity: 0.7 },
  ] as const) {
    it(`should be near nominal: ${JSON.stringify(question)}`, () => {
      const { coverage, refused } = ask(question);
      // 400 audits: two standard errors are 2.2 points.
      assert.ok(coverage >= 0.92 && coverage <= 0.985, `${coverage}`);
      assert.ok(refused < 0.01);
    });
  }

  it('should be counted as the interval’s own ends would have it', () => {
    // A rounded trial's worth and the nearness to which an end is found may each turn one audit that lies on the edge.
    for (const method of ['Rogan–Gladen', 'prediction-powered'] as const) {
      const audit = auditOf({ ...usual, method, rate: 0.2, specificity: 0.7 });
      const random = seededRandom(3);
      let differ = 0;
      for (let i = 0; i < 20; i++) {
        const { holds, interval } = audit(random);
        const { low, high } = interval();
        const inside = (low ?? 0) <= 0.8 && 0.8 <= (high ?? 1);
        if (holds !== null && holds !== inside) differ++;
      }
      assert.ok(differ <= 1, `${method}: ${differ}`);
    }
  });

  it('should be held by few cases under a judge that hardly errs', () => {
    for (const trials of [3, 4, 6, 8, 12]) {
      const intervals = Array.from({ length: trials + 1 }, (_, violations) =>
        roganGladen(run(trials - violations, trials), errorsOf(200, 200, 200, 200)),
      );
      for (let rate = 0.01; rate <= 0.5; rate += 0.01) {
        const held = chancesOf(trials, rate, trials).reduce((sum, chance, violations) => {
          const { low, high } = intervals[violations] ?? {};
          return (low ?? 1) <= 1 - rate && 1 - rate <= (high ?? 0) ? sum + chance : sum;
        }, 0);
        // Counted out. Wilson's interval goes down to 83 %.
        assert.ok(held > 0.9, `${trials} cases, rate ${rate}: ${held}`);
      }
    }
  });

  it('should be held where few trials meet a record with few errors', () => {
    // Counted out: 150 trials at rate 0.01, a judge right in 99 % of either kind, 100 items of each.
    const called = chancesOf(150, 0.01 * 0.99 + 0.99 * 0.01, 12);
    const alarms = chancesOf(100, 0.01, 7);
    let held = 0;
    for (const [x, ofRun] of called.entries()) {
      for (const [f, ofRecord] of alarms.entries()) {
        const seen = seenThroughJudge(run(150 - x, 150), errorsOf(99, 100, 100 - f, 100));
        if (isPossible(seen, 0.01, 0.95)) held += ofRun * ofRecord;
      }
    }
    assert.ok(held > 0.93 && held < 0.98, `${held}`);
  });

  it('should be lost without correction', () => {
    const { coverage } = ask({ method: 'uncorrected', rate: 0.2, labels: 0, trials: 600 });
    assert.ok(coverage < 0.6, `${coverage}`);
  });
});
