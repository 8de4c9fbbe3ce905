/** @module stats/planted-ratings.fixture Raters with known errors on items with a known truth. */
import type { Ratings } from './agreement/types.ts';
import { seededRandom } from './random.ts';

export interface PlantedRatings {
  seeds: number;
  itemsPerSeed: number;
  /** The share of items that are 1 and not 0. */
  share: number;
  /** How alike the truth of two items of one seed is, 0..1. */
  alike: number;
  /** The chance of each rater to say 0 of a 0, and 1 of a 1. */
  raters: readonly (readonly [zero: number, one: number])[];
  missing?: number;
  seed: number;
}

/** The ratings, and the truth behind them. */
export function plantRatings(plan: PlantedRatings): Ratings & { truth: Uint8Array } {
  const random = seededRandom(plan.seed);
  const items = plan.seeds * plan.itemsPerSeed;
  const raters = plan.raters.length;
  const values = new Int8Array(items * raters);
  const truth = new Uint8Array(items);
  const clusters = new Int32Array(items);
  const coin = (): number => (random() < plan.share ? 1 : 0);
  let shared = 0;
  for (let item = 0; item < items; item++) {
    if (item % plan.itemsPerSeed === 0) shared = coin();
    const own = random() < Math.sqrt(plan.alike) ? shared : coin();
    truth[item] = own;
    clusters[item] = Math.floor(item / plan.itemsPerSeed);
    for (const [rater, right] of plan.raters.entries()) {
      const said = random() < right[own === 1 ? 1 : 0] ? own : 1 - own;
      values[item * raters + rater] = random() < (plan.missing ?? 0) ? -1 : said;
    }
  }
  return { values, raters, categories: 2, clusters, truth };
}

/** The kappa that these two raters would have over endless items. */
export function plantedKappa({ share, raters }: PlantedRatings): number {
  const says = ([zero, one]: readonly [number, number], truth: number): number =>
    truth === 1 ? one : 1 - zero;
  const [first = [1, 1], second = [1, 1]] = raters;
  let equal = 0;
  let [ofFirst, ofSecond] = [0, 0];
  for (const [truth, weight] of [1 - share, share].entries()) {
    const [a, b] = [says(first, truth), says(second, truth)];
    equal += weight * (a * b + (1 - a) * (1 - b));
    ofFirst += weight * a;
    ofSecond += weight * b;
  }
  const chance = ofFirst * ofSecond + (1 - ofFirst) * (1 - ofSecond);
  return (equal - chance) / (1 - chance);
}
