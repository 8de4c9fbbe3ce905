/** @module stats/agreement/coefficient Any coefficient 1 − observed / expected disagreement, with an interval. */
import { criticalValue } from '../normal.ts';
import { lacking } from '../reasons.ts';
import { studentQuantile } from '../student.ts';
import type { Interval } from '../types.ts';
import { wilsonInterval } from '../wilson.ts';
import type { Agreement, Ratings } from './types.ts';

/** What sums over items come to. */
export interface Disagreement {
  observed: number;
  /** By chance alone; 0 where all ratings are of one category. */
  expected: number;
  /** The most that one pair of ratings can add to `observed`. */
  most: number;
  /** Share of pairs of ratings that are equal. */
  agree: number;
}

/** A coefficient whose observed and expected disagreement are functions of sums over items. */
export interface Coefficient {
  method: string;
  /** How many sums there are. */
  width: number;
  /** Adds an item's ratings to the sums; false, and nothing added, where the item can't be used. */
  add: (row: Int8Array, sums: Float64Array) => boolean;
  disagreement: (sums: Float64Array) => Disagreement;
}

/**
 * The coefficient over all usable items, with an interval over clusters.
 *
 * The variance V is the jackknife's that leaves out one cluster at a time, (K − 1)/K·Σ(κ₍ₖ₎ − κ̄)², or the one that
 * leaves out single items where that is larger: items of one seed are never worth more than independent ones.
 * The observed disagreement D (as a share of the most possible) is then worth m = D(1 − D)/V_D independent items,
 * V_D the same variance on the scale of D, and m·(z/t)², t with K − 1 degrees of freedom, enters Wilson's interval
 * of D. So the interval keeps to the coefficient's range and never has zero width. Where D is 0 or 1, or V is 0,
 * an item is worth no more than its share of the clusters: m = K. Low ends are cut at −1.
 *
 * Source: Fleiss and Davies (1982), American Journal of Epidemiology 115, 841–845 (jackknife of kappa);
 * Korn and Graubard (1998), Survey Methodology 24, 193–201 (effective size in a proportion's interval);
 * Wilson (1927), JASA 22, 209–212.
 *
 * @throws RangeError unless 0 < confidence < 1
 */
export function estimateAgreement(
  ratings: Ratings,
  coefficient: Coefficient,
  confidence: number,
): Agreement {
  const { total, items, clusters } = addUp(ratings, coefficient);
  const base = {
    method: `${coefficient.method}, jackknife over seeds`,
    confidence,
    items: items.count,
    clusters: clusters.count,
  };
  const none = { estimate: null, low: null, high: null, observed: null };
  if (items.count < 2) {
    return { ...base, ...none, ...lacking('too-few-items') };
  }
  const { observed, expected, most, agree } = coefficient.disagreement(total);
  if (!(expected > NOTHING)) {
    return { ...base, ...none, observed: agree, ...lacking('one-category') };
  }
  const estimate = 1 - observed / expected;
  const known = { ...base, estimate, observed: agree };
  const interval = intervalOf(coefficient, total, items, clusters, confidence);
  if ('missing' in interval) return { ...known, low: null, high: null, ...interval };
  const scale = most / expected;
  return {
    ...known,
    // No population has less: even raters who never agree share the frequencies that chance works with.
    low: Math.min(estimate, Math.max(-1, 1 - interval.high * scale)),
    high: Math.max(estimate, 1 - interval.low * scale),
  };
}

/** Sums of parts of the items, one part after another. */
interface Parts {
  /** How many parts there are. */
  count: number;
  /** Parts whose sums are alike stand here once, with their number. */
  times: number[];
  sums: Float64Array[];
}

const NOTHING = 1e-12;

function addUp(
  { values, raters, clusters: clusterOf }: Ratings,
  { width, add }: Coefficient,
): { total: Float64Array; items: Parts; clusters: Parts } {
  const total = new Float64Array(width);
  const clusters = new Map<number, Float64Array>();
  // There are many items and few ways in which they can be rated.
  const kinds = new Map<string, { times: number; sums: Float64Array | null }>();
  let count = 0;
  for (const [item, cluster] of clusterOf.entries()) {
    const row = values.subarray(item * raters, (item + 1) * raters);
    const key = row.join();
    let kind = kinds.get(key);
    if (kind === undefined) {
      const sums = new Float64Array(width);
      kind = { times: 0, sums: add(row, sums) ? sums : null };
      kinds.set(key, kind);
    }
    if (kind.sums === null) continue;
    kind.times++;
    count++;
    let shared = clusters.get(cluster);
    if (shared === undefined) {
      shared = new Float64Array(width);
      clusters.set(cluster, shared);
    }
    for (let at = 0; at < width; at++) {
      const sum = kind.sums[at] ?? 0;
      total[at] = (total[at] ?? 0) + sum;
      shared[at] = (shared[at] ?? 0) + sum;
    }
  }
  const used = [...kinds.values()].flatMap(({ times, sums }) =>
    sums === null ? [] : [{ times, sums }],
  );
  return {
    total,
    items: { count, times: used.map(({ times }) => times), sums: used.map(({ sums }) => sums) },
    clusters: {
      count: clusters.size,
      times: new Array<number>(clusters.size).fill(1),
      sums: [...clusters.values()],
    },
  };
}

/** The interval of the observed disagreement as a share of the most possible. */
function intervalOf(
  coefficient: Coefficient,
  total: Float64Array,
  items: Parts,
  clusters: Parts,
  confidence: number,
): Interval | ReturnType<typeof lacking> {
  if (clusters.count < 2) {
    return lacking('items-of-one-cluster');
  }
  const byCluster = jackknifeVariance(coefficient, total, clusters);
  const byItem = jackknifeVariance(coefficient, total, items);
  if (byCluster === null || byItem === null) {
    return lacking('differs-in-one-cluster');
  }
  const { observed, expected, most } = coefficient.disagreement(total);
  const share = Math.min(1, observed / most);
  const variance = Math.max(byCluster, byItem) * (expected / most) ** 2;
  const spread = share * (1 - share);
  const worth =
    spread < NOTHING || variance < NOTHING * spread ? clusters.count : spread / variance;
  const heavier =
    criticalValue(confidence) / studentQuantile((1 + confidence) / 2, clusters.count - 1);
  return wilsonInterval(share, worth * heavier ** 2, confidence);
}

/** Null where the coefficient is undefined without one of the parts. */
function jackknifeVariance(
  { disagreement }: Coefficient,
  total: Float64Array,
  { count, times, sums }: Parts,
): number | null {
  const values: number[] = [];
  for (const part of sums) {
    const { observed, expected } = disagreement(total.map((sum, at) => sum - (part[at] ?? 0)));
    if (!(expected > NOTHING)) return null;
    values.push(1 - observed / expected);
  }
  const weighted = (of: (value: number) => number): number =>
    values.reduce((sum, value, part) => sum + (times[part] ?? 0) * of(value), 0);
  const mean = weighted((value) => value) / count;
  return ((count - 1) / count) * weighted((value) => (value - mean) ** 2);
}
