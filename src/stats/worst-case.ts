/** @module stats/worst-case What a rate could be, had everything been judged. */
import type { Interval } from './types.ts';

/** Trials of a clause or group, by what is known of them. */
export interface KnownAndUnknown {
  adheres: number;
  violates: number;
  /** Trials that should have given a verdict and did not. */
  unknown: number;
}

/**
 * The least and the most the rate of these trials can be, whatever the unknown ones hide:
 * adheres/n and (adheres + unknown)/n with n = adheres + violates + unknown. Bounds on this sample, with no
 * assumption and no sampling error in them; null where there is no trial at all.
 *
 * Source: Manski (1989), Journal of Human Resources 24, 343–360.
 *
 * @example worstCase({ adheres: 8, violates: 1, unknown: 1 }) // { low: 0.8, high: 0.9 }
 */
export function worstCase(counts: KnownAndUnknown): Interval | null {
  const { adheres, violates, unknown } = counts;
  const trials = adheres + violates + unknown;
  if (trials === 0) return null;
  return { low: adheres / trials, high: (adheres + unknown) / trials };
}
