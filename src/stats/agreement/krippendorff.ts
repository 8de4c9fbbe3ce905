/** @module stats/agreement/krippendorff Agreement of any raters on any part of the items. */
import { sum } from '../sum.ts';
import { type Coefficient, type Disagreement, estimateAgreement } from './coefficient.ts';
import type { Agreement, Ratings } from './types.ts';

/** How far two categories are apart: all alike, or by how many ratings lie between them. */
export type Metric = 'nominal' | 'ordinal';

/**
 * Krippendorff's alpha: 1 − D_o/D_e over all items with at least two ratings, whoever gave them.
 *
 * With the coincidences o_ck = Σ_items (pairs of ratings c, k)/(m − 1), m the item's ratings, margins n_c and n = Σ n_c:
 * D_o = Σ o_ck·δ²_ck / n, D_e = Σ n_c·n_k·δ²_ck / (n(n − 1)). δ² is 1 for two nominal categories, and
 * (n_c/2 + n_{c+1} + … + n_k/2)² for two ordinal ones.
 *
 * Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability, University of Pennsylvania. Interval: see
 * `coefficient.ts`.
 *
 * @throws RangeError unless 0 < confidence < 1
 */
export function krippendorffAlpha(ratings: Ratings, metric: Metric, confidence = 0.95): Agreement {
  return estimateAgreement(ratings, krippendorff(ratings.categories, metric), confidence);
}

/** The sums are the coincidences. */
function krippendorff(categories: number, metric: Metric): Coefficient {
  return {
    method: `Krippendorff’s alpha, ${metric}`,
    width: categories * categories,
    add: (row, sums) => {
      const given = row.filter((category) => category >= 0);
      if (given.length < 2) return false;
      const weight = 1 / (given.length - 1);
      for (const [place, a] of given.entries()) {
        for (const [other, b] of given.entries()) {
          if (place === other) continue;
          const cell = a * categories + b;
          sums[cell] = (sums[cell] ?? 0) + weight;
        }
      }
      return true;
    },
    disagreement: (coincidences) => disagreementOf(coincidences, categories, metric),
  };
}

function disagreementOf(
  coincidences: Float64Array,
  categories: number,
  metric: Metric,
): Disagreement {
  const margins = new Float64Array(categories);
  for (let place = 0; place < coincidences.length; place++) {
    const c = Math.floor(place / categories);
    margins[c] = (margins[c] ?? 0) + (coincidences[place] ?? 0);
  }
  const all = sum(margins);
  let observed = 0;
  let expected = 0;
  let equal = 0;
  let most = 0;
  for (let c = 0; c < categories; c++) {
    equal += coincidences[c * categories + c] ?? 0;
    // The ratings from the middle of category c to the middle of category k.
    let between = (margins[c] ?? 0) / 2;
    for (let k = c + 1; k < categories; k++) {
      const half = (margins[k] ?? 0) / 2;
      between += half;
      const distance = metric === 'nominal' ? 1 : (between / all) ** 2;
      between += half;
      most = Math.max(most, distance);
      observed += 2 * (coincidences[c * categories + k] ?? 0) * distance;
      expected += 2 * (margins[c] ?? 0) * (margins[k] ?? 0) * distance;
    }
  }
  return {
    observed: observed / all,
    expected: expected / (all * (all - 1)),
    most,
    agree: equal / all,
  };
}
