/** @module spec/search Finding a place among things in order. */

import type { Section } from './types.ts';

/** Of things in order, the last one that begins at or before an offset; null where none does. */
export function lastBefore<T>(
  ordered: readonly T[],
  offset: number,
  startOf: (one: T) => number,
): T | null {
  let low = 0;
  let high = ordered.length - 1;
  let found: T | null = null;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const one = ordered[middle];
    if (one !== undefined && startOf(one) <= offset) {
      found = one;
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}

/** The section that a place is in. They follow each other without gaps; null before the first one. */
export function sectionAt(sections: readonly Section[], offset: number): Section | null {
  return lastBefore(sections, offset, ({ span }) => span.start.offset);
}
