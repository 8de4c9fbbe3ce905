/** @module stats/expected-width How wide an interval will be, told before anything is asked. */
import { wilsonInterval } from './wilson.ts';

/** What a plan knows of a rate to come. */
export interface PlannedRate {
  trials: number;
  /** The rate to reckon with, 0..1. */
  rate: number;
  /** From `designEffect`; 1 where every trial has its own cluster. */
  designEffect?: number;
  confidence?: number;
}

/** Beyond this many trials the width at the expected share is the expected width to four digits. */
const EXACT_TRIALS = 400;

/**
 * The mean width of the Wilson interval over the binomial outcomes of the plan: Σ_k Binomial(k; n, rate)·width(k/n)
 * on n/designEffect trials; null without trials. Beyond 400 trials it is the width at the rate itself.
 *
 * @throws RangeError where trials are no whole number of 0 or more, or the rate is not in 0..1
 */
export function expectedWidth(plan: PlannedRate): number | null {
  const { trials, rate, designEffect = 1, confidence = 0.95 } = plan;
  if (!(Number.isInteger(trials) && trials >= 0)) {
    throw new RangeError(`A plan has a whole number of trials; got ${trials}.`);
  }
  if (trials === 0) return null;
  const widthAt = (share: number): number => {
    const { low, high } = wilsonInterval(share, trials / designEffect, confidence);
    return high - low;
  };
  if (trials > EXACT_TRIALS || rate === 0 || rate === 1) return widthAt(rate);
  let logCoefficient = 0;
  let width = 0;
  for (let k = 0; k <= trials; k++) {
    if (k > 0) logCoefficient += Math.log((trials - k + 1) / k);
    const chance = Math.exp(logCoefficient + k * Math.log(rate) + (trials - k) * Math.log1p(-rate));
    width += chance * widthAt(k / trials);
  }
  return width;
}
