import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Ratings } from './agreement/types.ts';
import { dawidSkene, type LatentClasses } from './dawid-skene.ts';
import { assertClose } from './oracle.fixture.ts';
import { type PlantedRatings, plantRatings } from './planted-ratings.fixture.ts';

interface LatentCase {
  raters: number;
  categories: number;
  values: number[];
  clusters: number[];
  prevalence: number[];
  confusion: number[][][];
  /** Of all but the last share of each row. */
  standardErrors: number[][][];
  posterior: number[];
}

const oracle: { latent: LatentCase[] } = JSON.parse(
  readFileSync(new URL('../../test/oracles/agreement.json', import.meta.url), 'utf8'),
);

const unequal: PlantedRatings = {
  seeds: 500,
  itemsPerSeed: 3,
  share: 0.3,
  alike: 0.5,
  raters: [
    [0.97, 0.93],
    [0.85, 0.7],
    [0.7, 0.8],
    [0.6, 0.6],
  ],
  missing: 0.1,
  seed: 1,
};

function fit(ratings: Ratings): LatentClasses {
  const result = dawidSkene(ratings);
  assert.ok(result.ok, result.ok ? '' : result.reason);
  return result.classes;
}

function refusal(ratings: Ratings): string {
  const result = dawidSkene(ratings);
  return result.ok ? 'not refused' : result.reason;
}

describe('Dawid and Skene’s model', () => {
  it('should agree to 1e-9 with a fit and with errors computed another way', () => {
    for (const expected of oracle.latent) {
      const { raters, categories } = expected;
      const found = fit({
        raters,
        categories,
        values: Int8Array.from(expected.values),
        clusters: Int32Array.from(expected.clusters),
      });
      const compare = (actual: number[], wanted: number[], what: string): void => {
        assert.equal(actual.length, wanted.length, what);
        for (const [at, value] of wanted.entries()) assertClose(actual[at] ?? null, value, what);
      };
      compare(found.prevalence, expected.prevalence, 'prevalence');
      compare([...found.posterior], expected.posterior, 'posterior');
      compare(
        found.raters.flatMap(({ confusion }) => confusion.flat()),
        expected.confusion.flat(2),
        'confusion',
      );
      compare(
        found.raters.flatMap(({ standardErrors }) =>
          (standardErrors ?? []).flatMap((row) => row.slice(0, -1)),
        ),
        expected.standardErrors.flat(2),
        'standard errors',
      );
    }
  });

  it('should recover planted confusion matrices, within the errors that it states', () => {
    let held = 0;
    let stated = 0;
    for (let seed = 0; seed < 30; seed++) {
      const { raters, prevalence, converged } = fit(plantRatings({ ...unequal, seed }));
      assert.ok(converged);
      assert.ok(Math.abs((prevalence[1] ?? 0) - unequal.share) < 0.1);
      for (const [rater, planted] of unequal.raters.entries()) {
        for (const truth of [0, 1] as const) {
          const found = raters[rater]?.confusion[truth]?.[truth] ?? 0;
          const error = raters[rater]?.standardErrors?.[truth]?.[truth] ?? 0;
          assert.ok(Math.abs(found - planted[truth]) < 0.15, `${seed}: ${found}`);
          stated++;
          if (Math.abs(found - planted[truth]) <= 1.96 * error) held++;
        }
      }
    }
    const coverage = held / stated;
    assert.ok(coverage > 0.9 && coverage < 0.99, `standard errors cover ${coverage}`);
  });

  it('should give no standard error where all items share one seed', () => {
    const planted = plantRatings(unequal);
    const { raters } = fit({ ...planted, clusters: planted.clusters.map(() => 0) });
    for (const { confusion, standardErrors } of raters) {
      assert.equal(standardErrors, null);
      assert.ok((confusion[1]?.[1] ?? 0) > 0.5);
    }
  });

  it('should be right more often than the majority where judges are unequal', () => {
    const plan = { ...unequal, missing: 0, raters: unequal.raters.concat([[0.6, 0.65]]) };
    const planted = plantRatings(plan);
    const { posterior } = fit(planted);
    const right = { latent: 0, majority: 0 };
    for (const [item, truth] of planted.truth.entries()) {
      const row = planted.values.subarray(item * 5, item * 5 + 5);
      const majority = row.reduce((sum, value) => sum + value, 0) > 2 ? 1 : 0;
      if (majority === truth) right.majority++;
      if ((posterior[item * 2 + truth] ?? 0) > 0.5) right.latent++;
    }
    assert.ok(right.latent > 1.05 * right.majority, JSON.stringify(right));
  });

  it('should find the likelihood’s peak: the margins it implies are those that were seen', () => {
    const planted = plantRatings({ ...unequal, missing: 0, seeds: 3_000 });
    const { prevalence, raters } = fit(planted);
    for (const [rater, { confusion }] of raters.entries()) {
      const implied = prevalence.reduce((sum, p, c) => sum + p * (confusion[c]?.[1] ?? 0), 0);
      let seen = 0;
      for (let item = 0; item < planted.truth.length; item++) {
        seen += planted.values[item * 4 + rater] ?? 0;
      }
      assert.ok(Math.abs(implied - seen / planted.truth.length) < 5e-4);
    }
  });

  it('should give the same for the same items in another order', () => {
    const { values, clusters, categories } = plantRatings(unequal);
    const raters = 4;
    const items = [...clusters.keys()].reverse();
    const reversed = {
      raters,
      categories,
      values: Int8Array.from(
        items.flatMap((i) => [...values.subarray(i * raters, (i + 1) * raters)]),
      ),
      clusters: Int32Array.from(items, (item) => clusters[item] ?? 0),
    };
    const [one, other] = [fit({ values, raters, categories, clusters }), fit(reversed)];
    for (const [rater, { confusion, standardErrors }] of one.raters.entries()) {
      const same = other.raters[rater];
      assertClose(confusion[1]?.[1] ?? null, same?.confusion[1]?.[1] ?? null, 'confusion');
      assertClose(
        standardErrors?.[0]?.[0] ?? null,
        same?.standardErrors?.[0]?.[0] ?? null,
        'error',
      );
    }
  });

  it('should refuse what it can’t tell, with the reason', () => {
    const two = plantRatings({
      ...unequal,
      raters: [
        [0.9, 0.9],
        [0.9, 0.9],
      ],
    });
    assert.match(refusal(two), /three ratings/);
    const few = plantRatings({ ...unequal, seeds: 1, itemsPerSeed: 4, missing: 0 });
    assert.match(refusal(few), /too few/);
    const why = dawidSkene(few);
    assert.ok(!why.ok);
    assert.deepEqual(why.because, { code: 'too-few-items', data: { items: 4, unknowns: 9 } });
    const alike = plantRatings({
      ...unequal,
      share: 0,
      raters: [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
    });
    assert.match(refusal(alike), /hardly any item/);
    const guessing = [
      [0.5, 0.5],
      [0.5, 0.5],
      [0.5, 0.5],
    ] as const;
    // Nothing to learn: the fit follows the noise, and must not sell it as knowledge.
    const noise = dawidSkene(plantRatings({ ...unequal, raters: guessing }));
    if (noise.ok) {
      const errors = noise.classes.raters.map(
        ({ standardErrors }) => standardErrors?.[1]?.[1] ?? 1,
      );
      assert.ok(Math.max(...errors) > 0.1, `${errors}`);
    }
  });
});
