/** @module stats/judge-error/profile-interval The rates that the data leave possible, from their likelihood. */

import { criticalValue } from '../normal.ts';
import type { Interval } from '../types.ts';
import { beyondBest, cutoff } from './cutoff.ts';
import { leastDeviance, type Seen } from './three-shares.ts';

/** How near an end is found, in rates: where the cutoff is replicated it is no better known than that. */
const NEAR = 1e-12;
const NEAR_REPLICATED = 1e-5;

/**
 * All rates that are possible, from the lowest about `estimate`, the likeliest rate, to the highest.
 *
 * @param estimate in 0..1
 */
export function profileInterval(seen: Seen, estimate: number, confidence: number): Interval {
  const least = leastDeviance(seen);
  const end = (bound: number): number => {
    if (estimate === bound) return bound;
    let near = NEAR;
    const excess = (rate: number): number => {
      const { deviance, replicated } = cutoff(seen, rate, confidence);
      near = replicated ? NEAR_REPLICATED : NEAR;
      return Math.sqrt(beyondBest(seen, rate, least)) - Math.sqrt(deviance);
    };
    const atBound = excess(bound);
    if (atBound <= 0) return bound;
    let [inside, outside] = [estimate, bound];
    let [under, over] = [-criticalValue(confidence), atBound];
    // Regula falsi with the Illinois halving (Dowell and Jarratt 1971, BIT 11, 168–174): the root of a deviance is
    // nearly straight. An infinite one gives no slope; halving does until it is finite.
    let side = 0;
    while (Math.abs(outside - inside) > near) {
      let rate = Number.isFinite(over)
        ? (inside * over - outside * under) / (over - under)
        : (inside + outside) / 2;
      if (!(rate > Math.min(inside, outside) && rate < Math.max(inside, outside))) {
        rate = (inside + outside) / 2;
        if (rate === inside || rate === outside) break;
      }
      const value = excess(rate);
      if (Math.abs(value) < (near === NEAR ? 1e-11 : 1e-4)) return rate;
      if (value < 0) {
        [inside, under] = [rate, value];
        if (side === -1) over /= 2;
        side = -1;
      } else {
        [outside, over] = [rate, value];
        if (side === 1) under /= 2;
        side = 1;
      }
    }
    return inside;
  };
  return { low: end(0), high: end(1) };
}
