/** @module stats/repeats How often k tries in a row all adhere, and how often one of them violates. */
import { at } from './cells.ts';
import { type Caution, lacking } from './reasons.ts';
import type { Figure, Interval, Rate } from './types.ts';
import { wilsonInterval } from './wilson.ts';

/** Scenarios that were asked repeatedly, one entry per scenario (and clause) in each array. */
export interface RepeatedScenarios {
  /** Repeats that adhere, out of those that were judged. */
  adheres: ArrayLike<number>;
  repeats: ArrayLike<number>;
  /** The scenario's seed. */
  clusters: ArrayLike<number>;
}

/** The share of scenarios in which k tries would all adhere (or one of them violate), with its interval. */
export interface RepeatedRate extends Figure {
  /** Tries in a row. */
  tries: number;
  /** Scenarios counted, and those left out for having too few repeats. */
  scenarios: number;
  tooFewRepeats: number;
  clusters: number;
}

/** Clusters' worth of the greatest variance there is, p(1 − p), that enter the variance between clusters. */
const PRIOR_CLUSTERS = 4;

/**
 * pass^k: the share of scenarios, averaged, in which all of k tries adhere.
 *
 * A scenario that adheres in s of r repeats counts C(s, k)/C(r, k), the share of its sets of k repeats that all
 * adhere, which is unbiased where its own repeats are independent draws; scenarios with under k repeats are left out
 * and counted. The interval is by cluster: with weights w_s (scenarios) and means y_s, the variance between clusters
 * is S² = (C/(C − 1)·Σ w_s²(y_s − p)²/Σ w_s² · (C − 1) + 4·p(1 − p)) / (C − 1 + 4), at most p(1 − p), and Wilson's
 * interval is taken on (Σw)²/Σw² · p(1 − p)/S² effective clusters. The four clusters' worth of p(1 − p) keep the
 * variance off 0 where few clusters came out alike (Agresti and Coull 1998). None under two clusters.
 *
 * Source: Yao et al. (2024), τ-bench, arXiv 2406.12045 (pass^k); the estimator is Chen et al.'s (2021), arXiv
 * 2107.03374, mirrored.
 *
 * @throws RangeError where k is not a whole number above 0, or a scenario adheres more often than it was judged
 */
export function allAdhere(
  scenarios: RepeatedScenarios,
  tries: number,
  confidence = 0.95,
): RepeatedRate {
  checkTries(tries);
  const sums = new Map<number, { sum: number; size: number }>();
  let counted = 0;
  let total = 0;
  let tooFewRepeats = 0;
  for (let i = 0; i < scenarios.repeats.length; i++) {
    const repeats = at(scenarios.repeats, i);
    const adheres = at(scenarios.adheres, i);
    if (!(adheres >= 0 && adheres <= repeats)) {
      throw new RangeError(`Scenario ${i} adheres in ${adheres} of ${repeats} repeats.`);
    }
    if (repeats < tries) {
      tooFewRepeats++;
      continue;
    }
    const share = shareOfSets(adheres, repeats, tries);
    const own = sums.get(at(scenarios.clusters, i)) ?? { sum: 0, size: 0 };
    sums.set(at(scenarios.clusters, i), { sum: own.sum + share, size: own.size + 1 });
    counted++;
    total += share;
  }
  const base = {
    method: `unbiased over sets of ${tries} repeats, Wilson on effective seeds`,
    confidence,
    tries,
    scenarios: counted,
    tooFewRepeats,
    clusters: sums.size,
  };
  const none = { low: null, high: null };
  if (counted === 0) {
    return { ...base, estimate: null, ...none, ...lacking('too-few-repeats', tries) };
  }
  const estimate = Math.min(1, total / counted);
  if (sums.size < 2) return { ...base, estimate, ...none, ...lacking('one-cluster') };
  const effective = effectiveClusters([...sums.values()], estimate);
  return { ...base, estimate, ...wilsonInterval(estimate, effective, confidence) };
}

/** The share of scenarios, averaged, in which at least one of k tries violates: 1 less `allAdhere`, same data. */
export function violationWithin(
  scenarios: RepeatedScenarios,
  tries: number,
  confidence = 0.95,
): RepeatedRate {
  const all = allAdhere(scenarios, tries, confidence);
  const { estimate, low, high } = all;
  return {
    ...all,
    estimate: lessThanOne(estimate),
    low: lessThanOne(high),
    high: lessThanOne(low),
  };
}

/**
 * What a rate of adherence alone says of k tries: 1 − p^k, and the same of both ends of its interval. It takes
 * every try for an independent draw with that one rate. Where scenarios differ, as they do, fewer of them see a
 * violation than this says (Jensen's inequality), so for scenarios it errs towards alarm; repeats tell.
 *
 * @param rate of adherence
 * @throws RangeError where k is not a whole number above 0
 */
export function violationWithinOf(
  rate: Pick<Rate, 'estimate' | 'low' | 'high'>,
  tries: number,
): { estimate: number | null; interval: Interval | null; cautions: Caution[] } {
  checkTries(tries);
  const { estimate, low, high } = rate;
  const within = (share: number): number =>
    share === 0 ? 1 : 0 - Math.expm1(tries * Math.log(share));
  return {
    estimate: estimate === null ? null : within(estimate),
    interval: low === null || high === null ? null : { low: within(high), high: within(low) },
    cautions: [{ code: 'tries-independent', tries }],
  };
}

/** C(s, k)/C(r, k), by factors. */
function shareOfSets(adheres: number, repeats: number, tries: number): number {
  let share = 1;
  for (let i = 0; i < tries; i++) share *= Math.max(0, adheres - i) / (repeats - i);
  return share;
}

function effectiveClusters(
  clusters: readonly { sum: number; size: number }[],
  estimate: number,
): number {
  let weight = 0;
  let squares = 0;
  let spread = 0;
  for (const { sum, size } of clusters) {
    weight += size;
    squares += size * size;
    spread += (sum - estimate * size) ** 2;
  }
  const kish = (weight * weight) / squares;
  const most = estimate * (1 - estimate);
  // All in or all out: nothing to tell the variance by.
  if (most < 1e-12) return kish;
  const own = (clusters.length * spread) / squares;
  const pooled = (own + PRIOR_CLUSTERS * most) / (clusters.length - 1 + PRIOR_CLUSTERS);
  return (kish * most) / Math.min(most, pooled);
}

function lessThanOne(share: number | null): number | null {
  return share === null ? null : 1 - share;
}

function checkTries(tries: number): void {
  if (!(Number.isInteger(tries) && tries > 0)) {
    throw new RangeError(`Tries are a whole number above 0; got ${tries}.`);
  }
}
