/** @module stats/agreement/fleiss Agreement of a fixed number of raters beyond chance. */
import { sum } from '../sum.ts';
import { type Coefficient, estimateAgreement } from './coefficient.ts';
import type { Agreement, Ratings } from './types.ts';

/**
 * Fleiss' kappa of all raters on the items that every one of them rated: κ = 1 − (1 − P̄)/(1 − Σ p_c²), P̄ the mean
 * share of pairs of raters that agree on an item, p_c the share of all ratings that are c. Items with a rating missing
 * are left out; Krippendorff's alpha takes these too.
 *
 * Source: Fleiss (1971), Psychological Bulletin 76, 378–382. Interval: see `coefficient.ts`.
 *
 * @throws RangeError unless 0 < confidence < 1
 */
export function fleissKappa(ratings: Ratings, confidence = 0.95): Agreement {
  return estimateAgreement(ratings, fleiss(ratings.raters, ratings.categories), confidence);
}

/** The sums are the ratings by category, then the pairs that agree. */
function fleiss(raters: number, categories: number): Coefficient {
  const pairs = (raters * (raters - 1)) / 2;
  return {
    method: 'Fleiss’ kappa',
    width: categories + 1,
    add: (row, sums) => {
      if (raters < 2 || row.includes(-1)) return false;
      let agreeing = 0;
      for (const category of row) {
        // Agrees with as many raters as have said so before it.
        agreeing += sums[category] ?? 0;
        sums[category] = (sums[category] ?? 0) + 1;
      }
      sums[categories] = agreeing;
      return true;
    },
    disagreement: (sums) => {
      const counts = sums.subarray(0, categories);
      const all = sum(counts);
      const squares = counts.reduce((sum, count) => sum + (count / all) ** 2, 0);
      const agree = (sums[categories] ?? 0) / ((all / raters) * pairs);
      return { observed: 1 - agree, expected: 1 - squares, most: 1, agree };
    },
  };
}
