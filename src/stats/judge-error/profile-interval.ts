/** @module stats/judge-error/profile-interval The rates that the data leave possible, from their likelihood. */
import { criticalValue } from '../normal.ts';
import type { Interval } from '../types.ts';
import { beyondBest, cutoff } from './cutoff.ts';
import { leastDeviance, type Seen } from './three-shares.ts';

/**
 * All rates whose profile deviance is within the cutoff: from below `estimate`, the likeliest rate, to above it.
 *
 * @param estimate in 0..1
 */
export function profileInterval(seen: Seen, estimate: number, confidence: number): Interval {
  const least = leastDeviance(seen);
  const rise = (rate: number): number => beyondBest(seen, rate, least);
  const end = (bound: number): number => {
    if (estimate === bound) return bound;
    const atBound = rise(bound);
    const reach = (cut: number): number =>
      atBound <= cut ? bound : crossing(rise, cut, estimate, bound, atBound);
    // The cutoff varies slowly with the rate, except by the bound: there the end it leads to has one of its own.
    let rate = reach(criticalValue(confidence) ** 2);
    const atBoundAlone = rate === bound;
    rate = reach(cutoff(seen, rate, confidence));
    return atBoundAlone && rate !== bound ? reach(cutoff(seen, rate, confidence)) : rate;
  };
  return { low: end(0), high: end(1) };
}

/**
 * Where a deviance that rises from 0 at `from` reaches the cut before `to`: regula falsi on its root, which is
 * nearly straight, with the Illinois halving (Dowell and Jarratt 1971, BIT 11, 168–174).
 */
function crossing(
  rise: (rate: number) => number,
  cut: number,
  from: number,
  to: number,
  atEnd: number,
): number {
  const goal = Math.sqrt(cut);
  let [inside, outside] = [from, to];
  // An end with an infinite deviance gives no slope; halving does until the deviance is finite.
  let [under, over] = [-goal, Math.sqrt(atEnd) - goal];
  let side = 0;
  for (let step = 0; step < 200; step++) {
    let rate = Number.isFinite(over)
      ? (inside * over - outside * under) / (over - under)
      : (inside + outside) / 2;
    if (!(rate > Math.min(inside, outside) && rate < Math.max(inside, outside))) {
      rate = (inside + outside) / 2;
    }
    const value = Math.sqrt(rise(rate)) - goal;
    if (Math.abs(value) < 1e-12 || Math.abs(outside - inside) < 1e-15) return rate;
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
  return (inside + outside) / 2;
}
