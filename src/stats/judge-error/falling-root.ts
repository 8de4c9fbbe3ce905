/** @module stats/judge-error/falling-root Finds the root of a falling function of one number. */

/** A function's value and its slope, which is never above 0. */
export type Falling = (at: number) => readonly [value: number, slope: number];

/** Newton's steps, doubled or halved where they would leave the bracket found so far. */
const MOST_STEPS = 100;

/**
 * Root of a falling function on the whole line, by Newton's method kept inside a bracket that starts without ends.
 *
 * @param close the value that counts as nothing
 */
export function fallingRoot(falling: Falling, start: number, close: number): number {
  let [low, high] = [-Infinity, Infinity];
  let at = start;
  for (let step = 0; step < MOST_STEPS; step++) {
    const [value, slope] = falling(at);
    if (Math.abs(value) <= close) return at;
    if (value > 0) low = at;
    else high = at;
    let next = slope < 0 ? at - value / slope : Number.NaN;
    if (!(next > low && next < high)) {
      if (low === -Infinity) next = Math.min(-1, 4 * high - 1);
      else if (high === Infinity) next = Math.max(1, 4 * low + 1);
      else next = (low + high) / 2;
      if (next === low || next === high) return at;
    }
    at = next;
  }
  return at;
}
