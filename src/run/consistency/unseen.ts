/** @module run/consistency/unseen How often a clause can still be violated where no violation was seen. */
import { type Rate, zeroEventBound } from '../../stats/index.ts';
import type { Plan } from '../plan.ts';

/**
 * The largest share of violations that so many trials without one leave possible, one-sided at the rate's confidence
 * and on its effective trials; null where a violation was seen, where nothing was judged, and where samples were
 * chosen as the run went: the bound is for a number of trials settled beforehand.
 *
 * Source: Hanley and Lippman-Hand (1983), JAMA 249, 1743–1745.
 */
export function unseenAtMost(plan: Pick<Plan, 'sequential'>, rate: Rate): number | null {
  const { successes, trials, designEffect, confidence } = rate;
  if (plan.sequential !== undefined || trials === 0 || successes < trials) return null;
  return zeroEventBound(trials / designEffect, confidence);
}
