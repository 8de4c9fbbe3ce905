/**
 * @module stats/dawid-skene
 * The truth behind several raters' words, and each rater's errors, where nobody knows the truth.
 */

import type { Ratings } from './agreement/types.ts';
import type { Because } from './judge-error/refusals.ts';
import { solvePositive } from './positive-matrix.ts';
import { sum } from './sum.ts';

/** One rater's errors. */
export interface LatentRater {
  /** `confusion[c][k]`: the chance of saying k of an item that is c. */
  confusion: number[][];
  /** Of each of these; null where the items can't tell them apart, and where they all share one cluster. */
  standardErrors: number[][] | null;
  ratings: number;
}

/** What the latent-class model makes of the ratings. */
export interface LatentClasses {
  /** Share of the items that are of each category. */
  prevalence: number[];
  raters: LatentRater[];
  /** Row by row, one row per item: the chance of each category, given what was said. Items nobody rated have the prevalence. */
  posterior: Float64Array;
  /** Items with at least one rating. */
  items: number;
  iterations: number;
  converged: boolean;
}

/** The model, or why these ratings can't carry it. */
export type LatentResult =
  | { ok: true; classes: LatentClasses }
  /** Why it can't be told, in words and as data. */
  | { ok: false; reason: string; because: Because };

const REFUSALS = {
  'too-few-ratings': (_: object) =>
    'no item has three ratings, and with fewer the raters’ errors can’t be told from the truth',
  'too-few-items': ({ items, unknowns }: { items: number; unknowns: number }) =>
    `${items} items with three ratings or more are too few for ${unknowns} unknowns`,
  'rare-category': (_: object) =>
    'hardly any item is of one of the categories, so errors on it can’t be told',
  'classes-swapped': (_: object) =>
    'the raters say a category no more often where it holds than where another does, so the classes can’t be told apart',
} as const;

type Refused = Extract<LatentResult, { ok: false }>;

function refused<Code extends keyof typeof REFUSALS>(
  code: Code,
  data: Parameters<(typeof REFUSALS)[Code]>[0],
): Refused {
  const say = REFUSALS[code] as (data: object) => string;
  return { ok: false, reason: say(data), because: { code, data: { ...data } } };
}

/** Added to every count, so that no chance is 0 because it was never seen. */
const SMOOTHING = 0.5;
const MOST_ITERATIONS = 20_000;
const TOLERANCE = 1e-12;
const LEAST_OF_A_CLASS = 2;

/**
 * Fits prevalence and one confusion matrix per rater by expectation–maximisation, from the shares of votes as a start,
 * and gives each item the chance of each category.
 *
 * P(item is c | ratings) ∝ p_c·Π_r π^r_{c,k(r)};  p_c and π^r_ck are then the expected counts plus ½, over their sums.
 *
 * Standard errors: with s_i the score of item i, B = Σ s_i·s_iᵀ plus the curvature of the ½'s, M the same sum over
 * clusters times K/(K − 1), the larger diagonal of B⁻¹ and B⁻¹MB⁻¹. None under two clusters.
 *
 * It takes for granted that raters err independently of each other given the truth, and alike on all items of a
 * category. Raters of one make err together; they then look better than they are.
 *
 * Refused, with the reason: fewer than three raters on any item (the model is not identified), fewer items than
 * unknowns, a category that hardly any item has, raters who say a category no more often where it holds than where
 * another does (the classes could as well be swapped).
 *
 * Source: Dawid and Skene (1979), Applied Statistics 28, 20–28; the ½: Krichevsky and Trofimov (1981), IEEE
 * Transactions on Information Theory 27, 199–207; standard errors: McLachlan and Krishnan (2008), The EM Algorithm
 * and Extensions, §4.3, and Liang and Zeger (1986), Biometrika 73, 13–22.
 */
export function dawidSkene(ratings: Ratings): LatentResult {
  const { raters, categories } = ratings;
  const patterns = patternsOf(ratings);
  const items = sum(patterns.map(({ count }) => count));
  const refusal = tooThin(patterns, raters, categories);
  if (refusal !== null) return refusal;

  for (const pattern of patterns) pattern.posterior = votesOf(pattern.row, categories);
  let model = maximise(patterns, raters, categories);
  let iterations = 0;
  let converged = false;
  while (iterations < MOST_ITERATIONS && !converged) {
    iterations++;
    let change = 0;
    for (const pattern of patterns) {
      const next = posteriorOf(pattern.row, model);
      for (const [c, chance] of next.entries()) {
        change = Math.max(change, Math.abs(chance - (pattern.posterior[c] ?? 0)));
      }
      pattern.posterior = next;
    }
    model = maximise(patterns, raters, categories);
    converged = change < TOLERANCE;
  }
  const untold = notTold(patterns, model);
  if (untold !== null) return untold;
  const errors = standardErrors(ratings, patterns, model);
  return {
    ok: true,
    classes: {
      prevalence: model.prevalence,
      raters: model.confusion.map((confusion, rater) => ({
        confusion,
        standardErrors: errors?.[rater] ?? null,
        ratings: sum(patterns.map(({ row, count }) => ((row[rater] ?? -1) < 0 ? 0 : count))),
      })),
      posterior: posteriorsOf(ratings, model),
      items,
      iterations,
      converged,
    },
  };
}

/** Items that have the same ratings; there are few such kinds, however many items. */
interface Pattern {
  row: Int8Array;
  count: number;
  posterior: number[];
}

interface Model {
  prevalence: number[];
  /** By rater, then by the item's category, then by what is said of it. */
  confusion: number[][][];
}

function patternsOf({ values, raters, clusters }: Ratings): Pattern[] {
  const patterns = new Map<string, Pattern>();
  for (let item = 0; item < clusters.length; item++) {
    const row = values.subarray(item * raters, (item + 1) * raters);
    if (row.every((category) => category < 0)) continue;
    const key = row.join();
    const known = patterns.get(key);
    if (known === undefined) patterns.set(key, { row, count: 1, posterior: [] });
    else known.count++;
  }
  return [...patterns.values()];
}

function tooThin(patterns: readonly Pattern[], raters: number, categories: number): Refused | null {
  const deep = patterns.filter(({ row }) => row.filter((category) => category >= 0).length >= 3);
  if (deep.length === 0) return refused('too-few-ratings', {});
  const unknowns = (categories - 1) * (1 + raters * categories);
  const items = sum(deep.map(({ count }) => count));
  return items < unknowns ? refused('too-few-items', { items, unknowns }) : null;
}

function votesOf(row: Int8Array, categories: number): number[] {
  const given = row.filter((category) => category >= 0);
  return Array.from(
    { length: categories },
    (_, c) => given.filter((category) => category === c).length / given.length,
  );
}

function posteriorOf(row: Int8Array, { prevalence, confusion }: Model): number[] {
  const logs = prevalence.map((share, c) => {
    let log = Math.log(share);
    for (const [rater, said] of row.entries()) {
      if (said >= 0) log += Math.log(confusion[rater]?.[c]?.[said] ?? 1);
    }
    return log;
  });
  const greatest = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - greatest));
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}

function maximise(patterns: readonly Pattern[], raters: number, categories: number): Model {
  const counts = (): number[] => new Array<number>(categories).fill(SMOOTHING);
  const prevalence = counts();
  const confusion = Array.from({ length: raters }, () =>
    Array.from({ length: categories }, counts),
  );
  for (const { row, count, posterior } of patterns) {
    for (const [c, chance] of posterior.entries()) {
      prevalence[c] = (prevalence[c] ?? 0) + count * chance;
      for (const [rater, said] of row.entries()) {
        const own = confusion[rater]?.[c];
        if (said >= 0 && own !== undefined) own[said] = (own[said] ?? 0) + count * chance;
      }
    }
  }
  return {
    prevalence: toShares(prevalence),
    confusion: confusion.map((rows) => rows.map(toShares)),
  };
}

function toShares(counts: readonly number[]): number[] {
  const total = sum(counts);
  return counts.map((count) => count / total);
}

/** Why the fitted classes can't be taken for the categories, or null where they can. */
function notTold(patterns: readonly Pattern[], { prevalence, confusion }: Model): Refused | null {
  const expected = prevalence.map((_, c) =>
    sum(patterns.map(({ count, posterior }) => count * (posterior[c] ?? 0))),
  );
  if (expected.some((count) => count < LEAST_OF_A_CLASS)) return refused('rare-category', {});
  // How often a rater says k of items that are c, over raters.
  const says = (c: number, k: number): number =>
    sum(confusion.map((rows) => rows[c]?.[k] ?? 0)) / confusion.length;
  const swapped = prevalence.some((_, c) =>
    prevalence.some((__, other) => other !== c && says(c, c) <= says(other, c)),
  );
  return swapped ? refused('classes-swapped', {}) : null;
}

function posteriorsOf({ values, raters, categories, clusters }: Ratings, model: Model) {
  const all = new Float64Array(clusters.length * categories);
  for (let item = 0; item < clusters.length; item++) {
    const row = values.subarray(item * raters, (item + 1) * raters);
    all.set(posteriorOf(row, model), item * categories);
  }
  return all;
}

/** By rater, the item's category, and what is said of it; null where the information has no inverse. */
function standardErrors(
  { values, raters, categories, clusters }: Ratings,
  patterns: readonly Pattern[],
  model: Model,
): number[][][] | null {
  const free = categories - 1;
  const tables = [model.prevalence, ...model.confusion.flat()];
  const size = tables.length * free;
  const bread = Array.from({ length: size }, () => new Float64Array(size));
  const scores = new Map<string, Float64Array>();
  for (const { row, count, posterior } of patterns) {
    const score = scoreOf(row, posterior, model, size);
    scores.set(row.join(), score);
    addOuter(bread, score, count);
  }
  for (const [table, shares] of tables.entries()) {
    const last = SMOOTHING / (shares[free] ?? 1) ** 2;
    for (let a = 0; a < free; a++) {
      for (let b = 0; b < free; b++) {
        const own = a === b ? SMOOTHING / (shares[a] ?? 1) ** 2 : 0;
        const row = bread[table * free + a];
        if (row !== undefined) row[table * free + b] = (row[table * free + b] ?? 0) + own + last;
      }
    }
  }
  const sums = new Map<number, Float64Array>();
  for (let item = 0; item < clusters.length; item++) {
    const score = scores.get(values.subarray(item * raters, (item + 1) * raters).join());
    if (score === undefined) continue;
    const cluster = clusters[item] ?? 0;
    const sum = sums.get(cluster) ?? new Float64Array(size);
    for (const [place, part] of score.entries()) sum[place] = (sum[place] ?? 0) + part;
    sums.set(cluster, sum);
  }
  // One cluster shows no spread between clusters, and its items are not to be taken for independent.
  if (sums.size < 2) return null;
  const correction = sums.size / (sums.size - 1);
  /** The standard error of a sum of parameters of one table: of one share, or of the last as what they leave. */
  const errorOf = (places: readonly number[]): number | null => {
    const direction = new Float64Array(size);
    for (const place of places) direction[place] = 1;
    const solved = solvePositive(bread, direction);
    if (solved === null) return null;
    const plain = dot(direction, solved);
    let clustered = 0;
    for (const sum of sums.values()) clustered += dot(sum, solved) ** 2;
    return Math.sqrt(Math.max(plain, clustered * correction));
  };
  const errors = model.confusion.map((rows, rater) =>
    rows.map((shares, c) =>
      shares.map((_, k) => {
        const start = (1 + rater * categories + c) * free;
        const places =
          k < free ? [start + k] : Array.from({ length: free }, (__, at) => start + at);
        return errorOf(places);
      }),
    ),
  );
  return errors.flat(2).includes(null) ? null : (errors as number[][][]);
}

/** The derivative of an item's log likelihood by all shares but the last of each table. */
function scoreOf(
  row: Int8Array,
  posterior: readonly number[],
  { prevalence, confusion }: Model,
  size: number,
): Float64Array {
  const categories = prevalence.length;
  const free = categories - 1;
  const score = new Float64Array(size);
  const last = (posterior[free] ?? 0) / (prevalence[free] ?? 1);
  for (let c = 0; c < free; c++) score[c] = (posterior[c] ?? 0) / (prevalence[c] ?? 1) - last;
  for (const [rater, said] of row.entries()) {
    if (said < 0) continue;
    for (const [c, chance] of posterior.entries()) {
      const start = (1 + rater * categories + c) * free;
      const weight = chance / (confusion[rater]?.[c]?.[said] ?? 1);
      if (said < free) score[start + said] = weight;
      else for (let k = 0; k < free; k++) score[start + k] = -weight;
    }
  }
  return score;
}

function addOuter(matrix: readonly Float64Array[], vector: Float64Array, weight: number): void {
  for (const [a, row] of matrix.entries()) {
    const scaled = weight * (vector[a] ?? 0);
    if (scaled === 0) continue;
    for (const [b, value] of vector.entries()) row[b] = (row[b] ?? 0) + scaled * value;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, place) => sum + value * (b[place] ?? 0), 0);
}
