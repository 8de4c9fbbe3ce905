/** @module stats/judge-error/cutoff How great a deviance a rate may have and still be held to be possible. */

import { criticalValue } from '../normal.ts';
import { normalProbability } from '../normal-probability.ts';
import { sum } from '../sum.ts';
import { deviance, leastDeviance, type Seen, sharesOf, type Three } from './three-shares.ts';

/** Counts below which a share's lattice shows, and its normal approximation doesn't hold. */
const FEW = 12;
/** Part of the variance below which a share's lattice doesn't matter. */
const MINOR = 0.02;
/** Replications of the data: so many that 4.5 to 5.7 % of them lie beyond the true 95 % quantile. */
const REPLICATIONS = 512;
/** Hits and misses added to both records before data are drawn anew: 25 of 25 does not prove that no error can be. */
const DOUBT = 0.25;

/** Deviance of a rate beyond the least that any rate in 0..1 has. */
function beyondBest(seen: Seen, rate: number): number {
  return Math.max(0, deviance(seen, rate) - leastDeviance(seen));
}

/**
 * Is this rate possible: is its deviance beyond the best no greater than the (1 − α) quantile that it would have, were
 * this the true rate?
 *
 * Where all counts that matter are large, the signed root of the deviance is a normal variable with variance 1 that
 * knows its mean to lie between two bounds, as in Feldman and Cousins: far from 0 and 1 the quantile is that of χ²₁;
 * at a bound it is that of one side. Where a count is small, or would be, replications decide: the shares that are
 * likeliest under this rate are taken for the truth, and the data drawn anew from them. They end as soon as their
 * answer is beyond doubt: where so many of the first ones deviate as much that the rest can hardly turn it.
 *
 * Source: Feldman and Cousins (1998), Physical Review D 57, 3873–3889 (ordering, bounds);
 * Acero et al. (2022), arXiv 2207.14353 (with nuisance parameters profiled).
 */
export function isPossible(seen: Seen, rate: number, confidence: number): boolean {
  const shares = sharesUnder(seen, rate);
  const own = beyondBest(seen, rate);
  if (!isCoarse(seen, shares, rate)) return own <= normalCutoff(seen, rate, confidence);
  const needed = Math.max(1, Math.round((1 - confidence) * REPLICATIONS));
  let [done, deviating] = [0, 0];
  for (const deviates of replications(seen, shares, rate)) {
    done++;
    // The same counts deviate as much, whatever rounding makes of it.
    if (deviates >= own - ROUNDING) deviating++;
    const expected = (1 - confidence) * done;
    if (deviating >= Math.min(needed, 2 + expected + SURE * Math.sqrt(expected))) return true;
    if (deviating + REPLICATIONS - done < needed) return false;
  }
  return false;
}

/** Do replications say whether this rate is possible? Then the answer leaps from count to count. */
export function isReplicated(seen: Seen, rate: number): boolean {
  return isCoarse(seen, sharesUnder(seen, rate), rate);
}

const ROUNDING = 1e-9;
/** Standard deviations by which early replications must be more than expected: 1 in 30,000, were they drawn by chance. */
const SURE = 4;

/** The shares that are likeliest if this is the rate, with room for errors that the records happen not to show. */
function sharesUnder({ link, hits, trials }: Seen, rate: number): Three {
  return link.fit(
    [hits[0], hits[1] + DOUBT, hits[2] + DOUBT],
    [trials[0], trials[1] + 2 * DOUBT, trials[2] + 2 * DOUBT],
    rate,
  );
}

/** What each share adds to the variance of the rate. */
function partsOf({ link, trials }: Seen, shares: Three, rate: number): number[] {
  const slopes = link.slopes(shares, rate);
  return shares.map((share, i) => {
    const n = trials[i] as number;
    return n === 0 ? 0 : ((slopes[i] as number) ** 2 * share * (1 - share)) / n;
  });
}

function isCoarse(seen: Seen, shares: Three, rate: number): boolean {
  const { trials } = seen;
  const parts = partsOf(seen, shares, rate);
  const total = sum(parts);
  return shares.some(
    (share, i) =>
      (trials[i] as number) * Math.min(share, 1 - share) < FEW &&
      (parts[i] as number) >= MINOR * total,
  );
}

/** The quantile where the signed root is N(0, 1) about a mean that lies `below` and `above` from its bounds. */
function normalCutoff(seen: Seen, rate: number, confidence: number): number {
  const shares = sharesOf(seen);
  const root = (at: number): number =>
    Math.sign(seen.link.excess(shares, at)) * Math.sqrt(deviance(seen, at));
  const own = root(rate);
  const below = Math.abs(root(0) - own);
  const above = Math.abs(root(1) - own);
  // A root that lies beyond a bound is measured from it: R = r² − (r + distance)².
  const reach = (cut: number, distance: number): number =>
    cut <= distance * distance ? Math.sqrt(cut) : (cut + distance * distance) / (2 * distance);
  const tails = (cut: number): number =>
    normalProbability(-reach(cut, below)) + normalProbability(-reach(cut, above));
  let [low, high] = [0, criticalValue(confidence) ** 2];
  if (tails(high) >= 1 - confidence) return high;
  while (high - low > 1e-13 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (tails(middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
}

/** The deviances beyond the best of data drawn anew from these shares. */
function* replications(seen: Seen, shares: Three, rate: number): Generator<number> {
  const { link, trials } = seen;
  const parts = partsOf(seen, shares, rate);
  const [first, second, third] = shares.map((share, i) => {
    const own = parts[i] as number;
    const rank = parts.filter((part, other) => part > own || (part === own && other < i)).length;
    const chances = CHANCES[rank] as Float64Array;
    return quantiles(share, trials[i] as number, chances);
  });
  for (let i = 0; i < REPLICATIONS; i++) {
    const hits: Three = [at(first, i), at(second, i), at(third, i)];
    yield beyondBest({ link, hits, trials }, rate);
  }
}

const at = (column: Float64Array | undefined, i: number): number => column?.[i] as number;

/** Member `index` of van der Corput's sequence: the index's digits in this base, mirrored behind the point. */
function mirrored(index: number, base: number): number {
  let [part, sum] = [1, 0];
  for (let rest = index; rest > 0; rest = Math.floor(rest / base)) {
    part /= base;
    sum += part * (rest % base);
  }
  return sum;
}

/**
 * The chances at which replications stand, for the share that adds most to the variance, the next and the last: the
 * lower its base, the more evenly a column fills its unit, and together they fill a cube.
 *
 * Source: Halton (1960), Numerische Mathematik 2, 84–90.
 */
const CHANCES: readonly Float64Array[] = [2, 3, 5].map((base) =>
  Float64Array.from({ length: REPLICATIONS }, (_, i) => mirrored(i + 1, base)),
);

/**
 * For each replication the hits of one share. A count is spread evenly over the unit about it, or a lattice of few
 * counts would make the answer jump with the rate. A count of none stays none: the likelihood leaps with the first part
 * of an event, and 8 of 8 would say more than it can.
 */
function quantiles(share: number, trials: number, chances: Float64Array): Float64Array {
  const column = new Float64Array(REPLICATIONS);
  const { first, cumulated } = binomial(share, trials);
  for (let i = 0; i < REPLICATIONS; i++) {
    const chance = chances[i] as number;
    let [low, high] = [0, cumulated.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulated[middle] as number) < chance) low = middle + 1;
      else high = middle;
    }
    const before = low === 0 ? 0 : (cumulated[low - 1] as number);
    const within = (chance - before) / ((cumulated[low] as number) - before);
    const count = first + low;
    const rare = count === 0 ? 0 : Math.max(0, count + within - 0.5);
    column[i] = share > 0.5 ? trials - rare : rare;
  }
  return column;
}

/**
 * Distribution of the rarer of hits and misses, within six standard deviations of its mean. Trials that are not whole keep the
 * binomial's ratios from one count to the next.
 */
function binomial(share: number, trials: number): { first: number; cumulated: number[] } {
  const rare = Math.min(share, 1 - share);
  if (trials === 0 || rare <= 0) return { first: 0, cumulated: [1] };
  const mean = trials * rare;
  const reach = 6 * Math.sqrt(mean * (1 - rare)) + 6;
  const first = Math.max(0, Math.floor(mean - reach));
  const last = Math.min(Math.floor(trials), Math.ceil(mean + reach));
  const odds = rare / (1 - rare);
  const mode = Math.min(last, Math.floor(mean));
  const weights = new Array<number>(last - first + 1).fill(0);
  weights[mode - first] = 1;
  for (let k = mode; k < last; k++) {
    weights[k + 1 - first] = ((weights[k - first] as number) * (trials - k) * odds) / (k + 1);
  }
  for (let k = mode; k > first; k--) {
    weights[k - 1 - first] = ((weights[k - first] as number) * k) / ((trials - k + 1) * odds);
  }
  const total = sum(weights);
  let reached = 0;
  return { first, cumulated: weights.map((weight) => (reached += weight / total)) };
}
