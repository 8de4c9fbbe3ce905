import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type PlannedCluster, plantTrials } from '../../test/simulation/planted-trials.ts';
import { clusterBootstrap } from './cluster-bootstrap.ts';
import { clusteredRates } from './clustered-error.ts';
import { commonOracle } from './common-oracle.fixture.ts';
import { assertClose } from './oracle.fixture.ts';
import { seededRandom } from './random.ts';
import type { Trials } from './rates.ts';
import type { Rate } from './types.ts';
import { wilson } from './wilson.ts';

const RESAMPLES = 1000;

function trialsOf(rows: { outcome: number; clause: number; cluster: number }[]): Trials {
  return {
    outcomes: Uint8Array.from(rows, (row) => row.outcome),
    clauses: Int32Array.from(rows, (row) => row.clause),
    clusters: Int32Array.from(rows, (row) => row.cluster),
  };
}

function bootstrap(trials: Trials, clauseCount: number, groups: number[][], resamples = RESAMPLES) {
  const [rates = []] = clusterBootstrap({
    samples: [trials],
    clauseCount,
    groups,
    resamples,
    seed: 1,
  });
  return rates;
}

function only<Value>(values: Value[]): Value {
  const [value] = values;
  assert.ok(value !== undefined && values.length === 1);
  return value;
}

function holds(rate: Rate, planted: number): boolean {
  return rate.low !== null && rate.high !== null && rate.low <= planted && planted <= rate.high;
}

const clauseCount = 3;
const rows = fc.array(
  fc.record({
    outcome: fc.integer({ min: 0, max: 1 }),
    clause: fc.nat(clauseCount - 1),
    cluster: fc.nat(12),
  }),
  { minLength: 1, maxLength: 60 },
);

describe('clustered standard error', () => {
  for (const known of commonOracle.clustered) {
    it(`should agree with the oracle to 1e-9: ${known.name}`, () => {
      const trials = {
        outcomes: Uint8Array.from(known.outcomes),
        clauses: Int32Array.from(known.clauses),
        clusters: Int32Array.from(known.clusters),
      };
      const all = Array.from({ length: known.clauseCount }, (_, i) => i);
      const rate = only(clusteredRates(trials, known.clauseCount, [all]));
      assertClose(rate.estimate, known.estimate, 'estimate');
      assertClose(rate.standardError, known.standardError, 'standard error');
      assertClose(rate.low, known.low, 'low');
      assertClose(rate.high, known.high, 'high');
    });
  }

  it('should be about as wide as the bootstrap, clauses and seeds crossing or not', () => {
    const random = seededRandom(31);
    const plan: PlannedCluster[] = Array.from({ length: 120 }, (_, i) => ({
      clause: i % 4,
      scenarios: 1 + (i % 3),
      repeats: 2,
    }));
    const planted = plantTrials(random, plan, [0.9, 0.4, 0.7, 0.6], { cluster: 0.5 });
    // Seeds 0, 1, … of the second clause are judged under the first one too.
    const crossed = { ...planted, clusters: planted.clusters.map((cluster) => cluster >> 1) };
    for (const trials of [planted, crossed]) {
      const groups = [[0], [0, 1], [0, 1, 2, 3]];
      const errors = clusteredRates(trials, 4, groups);
      for (const [i, rate] of bootstrap(trials, 4, groups, 4000).entries()) {
        const ratio = rate.designEffect / (errors[i]?.designEffect ?? 0);
        assert.ok(ratio > 0.85 && ratio < 1.15, `group ${i}: variances as ${ratio}`);
      }
    }
  });
});

describe('cluster bootstrap', () => {
  it('should come to the percentiles of all resamples that there are', () => {
    const { sums, sizes, low, high, variance } = commonOracle.bootstrap;
    const list = sizes.flatMap((size, cluster) =>
      Array.from({ length: size }, (_, i) => ({
        outcome: i < (sums[cluster] ?? 0) ? 1 : 0,
        clause: 0,
        cluster,
      })),
    );
    const rate = only(bootstrap(trialsOf(list), 1, [[0]], 40_000));
    assert.ok(Math.abs((rate.low ?? 0) - low) < 0.01, `${rate.low} is not ${low}`);
    assert.ok(Math.abs((rate.high ?? 0) - high) < 0.01, `${rate.high} is not ${high}`);
    const { estimate, trials } = rate;
    const own = (rate.designEffect * (estimate ?? 0) * (1 - (estimate ?? 0))) / trials;
    assert.ok(Math.abs(own / variance - 1) < 0.03, `variance ${own} is not ${variance}`);
  });

  it('should hold the estimate, never have zero width, and mirror, or say why there is none', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const groups = [[0], [0, 1, 2]];
        const mirrored = trialsOf(list.map((row) => ({ ...row, outcome: 1 - row.outcome })));
        const others = bootstrap(mirrored, clauseCount, groups, 200);
        const errors = clusteredRates(trialsOf(list), clauseCount, groups);
        for (const [i, rate] of bootstrap(trialsOf(list), clauseCount, groups, 200).entries()) {
          for (const one of [rate, errors[i]]) {
            assert.ok(one);
            const { estimate, low, high, clusters } = one;
            if (low === null || high === null) {
              assert.ok(one.reason);
              continue;
            }
            assert.ok(estimate !== null && clusters >= 2);
            assert.ok(0 <= low && low <= estimate && estimate <= high && high <= 1 && low < high);
          }
          if (rate.low === null) assert.equal(others[i]?.low, null);
          else assertClose(others[i]?.high ?? null, 1 - rate.low, 'mirrored');
        }
      }),
      { numRuns: 50 },
    );
  });

  it('should give no interval that its seeds can’t carry', () => {
    const alike = Array.from({ length: 8 }, (_, cluster) => ({ outcome: 1, clause: 0, cluster }));
    const single = [1, 0, 1].map((outcome) => ({ outcome, clause: 0, cluster: 0 }));
    const three = [1, 0, 1].map((outcome, cluster) => ({ outcome, clause: 0, cluster }));
    for (const [list, reason] of [
      [[], 'no trial was judged'],
      [single, 'a single seed cannot show how seeds differ'],
      [alike, /all seeds came out alike/],
      [three, '3 seeds are too few for an interval by resampling'],
    ] as const) {
      const rate = only(bootstrap(trialsOf([...list]), 1, [[0]]));
      assert.deepEqual([rate.low, rate.high], [null, null]);
      assert.match(rate.reason ?? '', new RegExp(reason));
      if (list === three) continue;
      const error = only(clusteredRates(trialsOf([...list]), 1, [[0]]));
      assert.deepEqual([error.low, error.high, error.standardError], [null, null, null]);
      assert.match(error.reason ?? '', new RegExp(reason));
    }
    const few = Array.from({ length: 30 }, (_, cluster) => ({
      outcome: cluster === 0 ? 0 : 1,
      clause: 0,
      cluster,
    }));
    const cautions = [{ code: 'few-clusters', clusters: 1, of: 'violates' }];
    assert.deepEqual(only(bootstrap(trialsOf(few), 1, [[0]])).cautions, cautions);
    assert.deepEqual(only(clusteredRates(trialsOf(few), 1, [[0]])).cautions, cautions);
  });

  it('should give the same answer to the same question, and ask for enough resamples', () => {
    const trials = plantTrials(
      seededRandom(2),
      Array.from({ length: 20 }, () => ({ clause: 0, scenarios: 2, repeats: 1 })),
      [0.6],
      { cluster: 0.3 },
    );
    const rates = bootstrap(trials, 1, [[0]]);
    assert.deepEqual(bootstrap(trials, 1, [[0]]), rates);
    const samples = [trials, trials];
    const both = clusterBootstrap({
      samples,
      clauseCount: 1,
      groups: [[0]],
      resamples: RESAMPLES,
      seed: 1,
    });
    assert.deepEqual(both, [rates, rates], 'samples of the same seeds share their draws');
    assert.throws(() => bootstrap(trials, 1, [[0]], 50), RangeError);
  });
});

describe('coverage with 50 seeds of 10 trials, correlation 0.7', () => {
  it('should be near 95 % by bootstrap and by clustered error, and not by trials alone', () => {
    const random = seededRandom(71);
    const plan = Array.from({ length: 50 }, () => ({ clause: 0, scenarios: 10, repeats: 1 }));
    for (const planted of [0.5, 0.8]) {
      const held = { bootstrap: 0, clustered: 0, naive: 0 };
      const audits = 400;
      for (let audit = 0; audit < audits; audit++) {
        const trials = plantTrials(random, plan, [planted], { cluster: 0.7 });
        const resampled = only(bootstrap(trials, 1, [[0]], 600));
        if (holds(resampled, planted)) held.bootstrap++;
        if (holds(only(clusteredRates(trials, 1, [[0]])), planted)) held.clustered++;
        if (holds(wilson(resampled.successes, resampled.trials), planted)) held.naive++;
      }
      for (const name of ['bootstrap', 'clustered'] as const) {
        const share = held[name] / audits;
        assert.ok(share > 0.92 && share < 0.98, `${name} at ${planted}: ${share}`);
      }
      assert.ok(held.naive / audits < 0.6, `naive at ${planted}: ${held.naive / audits}`);
    }
  });
});
