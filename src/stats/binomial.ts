/** @module stats/binomial Tails of the binomial distribution. */

/** The probability of at most `successes` in so many independent trials, each with chance `rate`. */
export function chanceOfAtMost(successes: number, trials: number, rate: number): number {
  if (successes >= trials || rate <= 0) return 1;
  if (rate >= 1) return 0;
  let log = trials * Math.log1p(-rate);
  const odds = Math.log(rate) - Math.log1p(-rate);
  let sum = Math.exp(log);
  for (let hits = 1; hits <= successes; hits++) {
    log += Math.log((trials - hits + 1) / hits) + odds;
    sum += Math.exp(log);
  }
  return Math.min(1, sum);
}

/** The probability of at least `successes` in so many independent trials, each with chance `rate`. */
export function chanceOfAtLeast(successes: number, trials: number, rate: number): number {
  return chanceOfAtMost(trials - successes, trials, 1 - rate);
}
