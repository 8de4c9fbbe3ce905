import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { assertClose } from '../oracle.fixture.ts';
import { plantedKappa, plantRatings } from '../planted-ratings.fixture.ts';
import { cohenKappa } from './cohen.ts';
import { fleissKappa } from './fleiss.ts';
import { krippendorffAlpha } from './krippendorff.ts';
import type { Agreement, Ratings } from './types.ts';

interface OracleCase {
  name: string;
  raters: number;
  categories: number;
  values: number[];
  clusters: number[];
  expected: {
    coefficient: 'cohen' | 'fleiss' | 'alpha-nominal' | 'alpha-ordinal';
    estimate: number;
    low: number;
    high: number;
    items: number;
    clusters: number;
  }[];
}

const oracle: { cases: OracleCase[] } = JSON.parse(
  readFileSync(new URL('../../../test/oracles/agreement.json', import.meta.url), 'utf8'),
);

const measures = {
  cohen: (ratings: Ratings) => cohenKappa(ratings, 0, 1),
  fleiss: (ratings: Ratings) => fleissKappa(ratings),
  'alpha-nominal': (ratings: Ratings) => krippendorffAlpha(ratings, 'nominal'),
  'alpha-ordinal': (ratings: Ratings) => krippendorffAlpha(ratings, 'ordinal'),
} satisfies Record<string, (ratings: Ratings) => Agreement>;

/** Ratings from rows, each item a seed of its own unless told otherwise. */
function ratingsOf(rows: number[][], categories: number, clusters?: number[]): Ratings {
  return {
    values: Int8Array.from(rows.flat()),
    raters: rows[0]?.length ?? 0,
    categories,
    clusters: Int32Array.from(clusters ?? rows.keys()),
  };
}

describe('agreement of raters', () => {
  it('should agree with statsmodels and with alpha by its definition to 1e-9', () => {
    for (const { name, raters, categories, values, clusters, expected } of oracle.cases) {
      const ratings = {
        values: Int8Array.from(values),
        raters,
        categories,
        clusters: Int32Array.from(clusters),
      };
      for (const one of expected) {
        const found = measures[one.coefficient](ratings);
        for (const key of ['estimate', 'low', 'high', 'items', 'clusters'] as const) {
          assertClose(found[key], one[key], `${key} of ${one.coefficient}, ${name}`);
        }
      }
    }
  });

  it('should give the coefficients that Krippendorff and Fleiss printed', () => {
    const _ = -1;
    const observers = [
      [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
      [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
      [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
      [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ];
    const units = ratingsOf(
      Array.from({ length: 12 }, (__, unit) =>
        observers.map((row) => ((row[unit] ?? _) < 0 ? _ : (row[unit] ?? _) - 1)),
      ),
      5,
    );
    assert.equal(krippendorffAlpha(units, 'nominal').estimate?.toFixed(3), '0.743');
    assert.equal(krippendorffAlpha(units, 'ordinal').estimate?.toFixed(3), '0.815');
    assert.equal(krippendorffAlpha(units, 'nominal').items, 11);
  });

  it('should give no figure that the ratings can’t carry, and say why', () => {
    const same = ratingsOf(
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      2,
    );
    const single = ratingsOf([[0, 1]], 2);
    const oneSeed = ratingsOf(
      [
        [0, 0],
        [1, 1],
        [0, 1],
      ],
      2,
      [0, 0, 0],
    );
    const varietyInOneSeed = ratingsOf(
      [
        [0, 0],
        [0, 0],
        [1, 1],
        [1, 0],
      ],
      2,
      [0, 1, 2, 2],
    );
    for (const measure of Object.values(measures)) {
      assert.match(measure(same).reason ?? '', /one category/);
      assert.deepEqual([measure(same).estimate, measure(same).observed], [null, 1]);
      assert.match(measure(single).reason ?? '', /fewer than two items/);
      assert.equal(measure(single).observed, null);
      for (const [ratings, why] of [
        [oneSeed, /share one seed/],
        [varietyInOneSeed, /stands in one seed/],
      ] as const) {
        const found = measure(ratings);
        assert.notEqual(found.estimate, null);
        assert.deepEqual([found.low, found.high], [null, null]);
        assert.match(found.reason ?? '', why);
      }
    }
  });

  it('should be 1 where all agree, with an interval that has a width', () => {
    const rows = Array.from({ length: 20 }, (_, item) => [item % 2, item % 2, item % 2]);
    for (const measure of Object.values(measures)) {
      const { estimate, low, high } = measure(ratingsOf(rows, 2));
      assert.deepEqual([estimate, high], [1, 1]);
      assert.ok(low !== null && low > 0.5 && low < 0.9, `${low}`);
    }
  });

  it('should not care who is first, which category is which, or what is missing', () => {
    const row = fc.tuple(...Array.from({ length: 3 }, () => fc.integer({ min: -1, max: 2 })));
    fc.assert(
      fc.property(fc.array(row, { minLength: 4, maxLength: 30 }), (rows) => {
        const plain = ratingsOf(rows, 3);
        const changed = ratingsOf(
          rows.map(([a, b, c]) =>
            [c ?? -1, a ?? -1, b ?? -1].map((value) => (value < 0 ? -1 : 2 - value)),
          ),
          3,
        );
        const padded = ratingsOf([...rows, [-1, -1, -1], [1, -1, -1]], 3);
        for (const name of ['fleiss', 'alpha-nominal', 'alpha-ordinal'] as const) {
          const found = measures[name](plain);
          assertClose(measures[name](changed).estimate, found.estimate, name);
          assertClose(measures[name](changed).low, found.low, `low of ${name}`);
          assert.deepEqual(measures[name](padded), found);
          if (found.low === null || found.high === null || found.estimate === null) continue;
          assert.ok(found.low <= found.estimate && found.estimate <= found.high);
          assert.ok(found.low < found.high && found.high <= 1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('should hold the planted kappa about as often as it promises, in seeds of several items too', () => {
    const shapes = [
      { seeds: 100, itemsPerSeed: 1, share: 0.3, alike: 0 },
      { seeds: 40, itemsPerSeed: 4, share: 0.2, alike: 0.6 },
      { seeds: 20, itemsPerSeed: 3, share: 0.5, alike: 0.9 },
    ];
    for (const shape of shapes) {
      let held = 0;
      const audits = 500;
      for (let seed = 0; seed < audits; seed++) {
        const plan = {
          ...shape,
          seed,
          raters: [
            [0.95, 0.85],
            [0.9, 0.8],
          ] as const,
        };
        const { low, high } = cohenKappa(plantRatings(plan), 0, 1);
        const planted = plantedKappa(plan);
        if ((low ?? -1) <= planted && planted <= (high ?? 1)) held++;
      }
      const coverage = held / audits;
      assert.ok(coverage >= 0.92 && coverage <= 0.99, `${JSON.stringify(shape)}: ${coverage}`);
    }
  });
});
