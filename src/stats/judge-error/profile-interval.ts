/** @module stats/judge-error/profile-interval The rates that the data leave possible, from their likelihood. */
import type { Interval } from '../types.ts';
import { isPossible, isReplicated } from './cutoff.ts';
import type { Seen } from './three-shares.ts';

/** How near an end is found, in rates: where replications decide it is no better known than that. */
const NEAR = 1e-12;
const NEAR_REPLICATED = 1e-4;

/**
 * All rates that are possible, from the lowest about `estimate`, the likeliest rate, to the highest.
 *
 * @param estimate in 0..1
 */
export function profileInterval(seen: Seen, estimate: number, confidence: number): Interval {
  const end = (bound: number): number => {
    if (estimate === bound || isPossible(seen, bound, confidence)) return bound;
    let [inside, outside] = [estimate, bound];
    // Where replications decide, nothing but the answer says where to look: it may stay the same for a while and leap.
    while (Math.abs(outside - inside) > (isReplicated(seen, inside) ? NEAR_REPLICATED : NEAR)) {
      const middle = (inside + outside) / 2;
      if (middle === inside || middle === outside) break;
      if (isPossible(seen, middle, confidence)) inside = middle;
      else outside = middle;
    }
    return outside;
  };
  return { low: end(0), high: end(1) };
}
