/** @module stats/clopper-pearson The exact interval of one proportion, which never covers less than it promises. */
import { betaQuantile } from './incomplete-beta.ts';
import type { Interval } from './types.ts';

/**
 * The shares under which neither as few nor as many successes would be a surprise of more than (1 − confidence)/2:
 * the beta quantiles B(α/2; x, n − x + 1) and B(1 − α/2; x + 1, n − x), 0 and 1 at the ends.
 *
 * With whole numbers it covers at least its confidence, whatever the share, and mostly more. Counts need not be
 * whole: an effective sample size and its share of successes go into the same quantiles, as Korn and Graubard
 * (1998), Survey Methodology 24, 193–201, do; then the promise is as good as that sample size.
 *
 * Source: Clopper and Pearson (1934), Biometrika 26, 404–413.
 *
 * @param successes between 0 and `trials`
 * @param trials above 0
 * @throws RangeError otherwise, or unless 0 < confidence < 1
 * @example clopperPearson(0, 30) // { low: 0, high: 0.1157… }
 */
export function clopperPearson(successes: number, trials: number, confidence = 0.95): Interval {
  if (!(trials > 0)) throw new RangeError(`An interval needs more than 0 trials; got ${trials}.`);
  if (!(successes >= 0 && successes <= trials)) {
    throw new RangeError(`Successes lie between 0 and the trials; got ${successes} of ${trials}.`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`A confidence lies between 0 and 1, both excluded; got ${confidence}.`);
  }
  const tail = (1 - confidence) / 2;
  const failures = trials - successes;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, failures + 1),
    // By its mirror image, where a small tail keeps its digits.
    high: failures === 0 ? 1 : 1 - betaQuantile(tail, failures, successes + 1),
  };
}
