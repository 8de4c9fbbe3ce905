/** @module stats/agreement/cohen Agreement of two raters beyond chance. */
import { type Coefficient, estimateAgreement } from './coefficient.ts';
import type { Agreement, Ratings } from './types.ts';

/**
 * Cohen's kappa of two raters on the items that both rated: κ = 1 − (1 − p_o)/(1 − p_e), p_o the share of items on
 * which they agree, p_e = Σ_c p_1c·p_2c what their own frequencies would give by chance.
 *
 * Source: Cohen (1960), Educational and Psychological Measurement 20, 37–46. Interval: see `coefficient.ts`.
 *
 * @param first place of a rater, from 0
 * @throws RangeError unless 0 < confidence < 1
 * @example cohenKappa(ratings, 0, 1).estimate // 0.72…
 */
export function cohenKappa(
  ratings: Ratings,
  first: number,
  second: number,
  confidence = 0.95,
): Agreement {
  return estimateAgreement(ratings, cohen(ratings.categories, first, second), confidence);
}

/** The sums are the table of both raters' categories. */
function cohen(categories: number, first: number, second: number): Coefficient {
  return {
    method: 'Cohen’s kappa',
    width: categories * categories,
    add: (row, sums) => {
      const [a = -1, b = -1] = [row[first], row[second]];
      if (a < 0 || b < 0) return false;
      const place = a * categories + b;
      sums[place] = (sums[place] ?? 0) + 1;
      return true;
    },
    disagreement: (table) => {
      const ofFirst = new Float64Array(categories);
      const ofSecond = new Float64Array(categories);
      let items = 0;
      let equal = 0;
      for (let a = 0; a < categories; a++) {
        for (let b = 0; b < categories; b++) {
          const count = table[a * categories + b] ?? 0;
          items += count;
          if (a === b) equal += count;
          ofFirst[a] = (ofFirst[a] ?? 0) + count;
          ofSecond[b] = (ofSecond[b] ?? 0) + count;
        }
      }
      const chance = ofFirst.reduce((sum, count, c) => sum + count * (ofSecond[c] ?? 0), 0);
      const agree = equal / items;
      return { observed: 1 - agree, expected: 1 - chance / items ** 2, most: 1, agree };
    },
  };
}
