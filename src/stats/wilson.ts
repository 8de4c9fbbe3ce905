/** @module stats/wilson The score interval of one proportion. */
import { criticalValue } from './normal.ts';
import { lacking } from './reasons.ts';
import type { Interval, Rate } from './types.ts';

/**
 * The score interval of a share seen in so many independent trials; trials need not be whole, so that an
 * effective sample size can stand for them.
 *
 * (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)
 *
 * Source: Wilson (1927), JASA 22, 209–212.
 *
 * @param share between 0 and 1
 * @param trials above 0
 */
export function wilsonInterval(share: number, trials: number, confidence: number): Interval {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`A share lies in 0..1; got ${share}.`);
  if (!(trials > 0)) throw new RangeError(`An interval needs more than 0 trials; got ${trials}.`);
  return scoreInterval(share, trials, criticalValue(confidence));
}

/** Wilson's interval by its critical value, for those who take it from another distribution than the normal. */
export function scoreInterval(share: number, trials: number, z: number): Interval {
  const weight = (z * z) / trials;
  const middle = (share + weight / 2) / (1 + weight);
  const half =
    (z / (1 + weight)) * Math.sqrt((share * (1 - share)) / trials + weight / (4 * trials));
  return {
    // At the ends the formula is exactly 0, the share, or 1; rounding must not move it across.
    low: share === 0 ? 0 : Math.min(share, Math.max(0, middle - half)),
    high: share === 1 ? 1 : Math.max(share, Math.min(1, middle + half)),
  };
}

/**
 * The rate of independent trials with its score interval.
 *
 * Source: Wilson (1927), JASA 22, 209–212.
 *
 * @example wilson(8, 10) // { estimate: 0.8, low: 0.490…, high: 0.943…, … }
 */
export function wilson(successes: number, trials: number, confidence = 0.95): Rate {
  if (!(successes >= 0 && successes <= trials)) {
    throw new RangeError(`Successes lie between 0 and the trials; got ${successes} of ${trials}.`);
  }
  const base = {
    method: 'Wilson',
    confidence,
    successes,
    trials,
    clusters: trials,
    designEffect: 1,
  };
  if (trials === 0) {
    return { ...base, estimate: null, low: null, high: null, ...lacking('nothing-counted') };
  }
  const estimate = successes / trials;
  return { ...base, estimate, ...wilsonInterval(estimate, trials, confidence) };
}
