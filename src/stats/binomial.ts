/** @module stats/binomial Tails of the binomial distribution. */

/**
 * The probability of at most `successes` in so many independent trials, each with chance `rate`:
 * Σ_{k ≤ successes} C(n, k)·p^k·(1 − p)^(n − k), by logarithms.
 *
 * @param successes whole; below 0 it is none, beyond `trials` it is all
 * @throws RangeError where counts are not whole, trials are below 0 or the rate is not in 0..1
 * @example chanceOfAtMost(1, 3, 0.5) // 0.5
 */
export function chanceOfAtMost(successes: number, trials: number, rate: number): number {
  if (!(Number.isInteger(successes) && Number.isInteger(trials) && trials >= 0)) {
    throw new RangeError(`A binomial counts whole trials; got ${successes} of ${trials}.`);
  }
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`A rate lies in 0..1; got ${rate}.`);
  if (successes < 0) return 0;
  if (successes >= trials || rate === 0) return 1;
  if (rate === 1) return 0;
  let log = trials * Math.log1p(-rate);
  const odds = Math.log(rate) - Math.log1p(-rate);
  let sum = Math.exp(log);
  for (let hits = 1; hits <= successes; hits++) {
    log += Math.log((trials - hits + 1) / hits) + odds;
    sum += Math.exp(log);
  }
  return Math.min(1, sum);
}

/** The probability of at least `successes`: as `chanceOfAtMost`, mirrored. */
export function chanceOfAtLeast(successes: number, trials: number, rate: number): number {
  return chanceOfAtMost(trials - successes, trials, 1 - rate);
}
