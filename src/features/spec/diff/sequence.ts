/**
 * @module features/spec/diff/sequence
 * Where two sequences of lines or sentences differ. Exact where they are near each other; where they are far
 * apart it goes by the items that stand once in both, so that the time stays near linear.
 */
import { diffArrays } from 'diff';
import { at } from '../../../text/at.ts';

/** A stretch of the older sequence and what stands in its place in the newer one; ends are exclusive. */
export interface Hunk {
  olderStart: number;
  olderEnd: number;
  newerStart: number;
  newerEnd: number;
}

const MOST_EDITS = 300;
const MOST_EDITS_BETWEEN_ANCHORS = 60;

/** The stretches in which two sequences differ, in order; none where they are equal. */
export function differingHunks(older: readonly string[], newer: readonly string[]): Hunk[] {
  const whole = trimmed(older, newer, {
    olderStart: 0,
    olderEnd: older.length,
    newerStart: 0,
    newerEnd: newer.length,
  });
  if (isEmpty(whole)) return [];
  const exact = exactHunks(older, newer, whole, MOST_EDITS);
  if (exact !== null) return exact;
  return betweenAnchors(older, newer, whole).flatMap((gap) => {
    const hunk = trimmed(older, newer, gap);
    if (isEmpty(hunk)) return [];
    return exactHunks(older, newer, hunk, MOST_EDITS_BETWEEN_ANCHORS) ?? [hunk];
  });
}

function isEmpty({ olderStart, olderEnd, newerStart, newerEnd }: Hunk): boolean {
  return olderStart === olderEnd && newerStart === newerEnd;
}

function trimmed(older: readonly string[], newer: readonly string[], hunk: Hunk): Hunk {
  const { olderStart, olderEnd, newerStart, newerEnd } = hunk;
  const most = Math.min(olderEnd - olderStart, newerEnd - newerStart);
  let from = 0;
  while (from < most && older[olderStart + from] === newer[newerStart + from]) from++;
  let to = 0;
  while (to < most - from && older[olderEnd - to - 1] === newer[newerEnd - to - 1]) to++;
  return {
    olderStart: olderStart + from,
    olderEnd: olderEnd - to,
    newerStart: newerStart + from,
    newerEnd: newerEnd - to,
  };
}

function exactHunks(
  older: readonly string[],
  newer: readonly string[],
  within: Hunk,
  maxEditLength: number,
): Hunk[] | null {
  const { olderStart, olderEnd, newerStart, newerEnd } = within;
  if (olderStart === olderEnd || newerStart === newerEnd) return [within];
  const parts = diffArrays(older.slice(olderStart, olderEnd), newer.slice(newerStart, newerEnd), {
    maxEditLength,
  });
  if (parts === undefined) return null;
  const hunks: Hunk[] = [];
  let open: Hunk | null = null;
  let [olderAt, newerAt] = [olderStart, newerStart];
  for (const { added, removed, count } of parts) {
    if (!added && !removed) {
      olderAt += count;
      newerAt += count;
      open = null;
      continue;
    }
    if (open === null) {
      open = {
        olderStart: olderAt,
        olderEnd: olderAt,
        newerStart: newerAt,
        newerEnd: newerAt,
      };
      hunks.push(open);
    }
    if (removed) olderAt += count;
    else newerAt += count;
    open.olderEnd = olderAt;
    open.newerEnd = newerAt;
  }
  return hunks;
}

/** The gaps between items that stand once in each sequence and in the same order in both. */
function betweenAnchors(older: readonly string[], newer: readonly string[], within: Hunk): Hunk[] {
  const olderPlaces = placesOfUnique(older, within.olderStart, within.olderEnd);
  const newerPlaces = placesOfUnique(newer, within.newerStart, within.newerEnd);
  const common: { olderAt: number; newerAt: number }[] = [];
  for (const [item, olderAt] of olderPlaces) {
    const newerAt = newerPlaces.get(item);
    if (newerAt !== undefined) common.push({ olderAt, newerAt });
  }
  const gaps: Hunk[] = [];
  let { olderStart, newerStart } = within;
  for (const { olderAt, newerAt } of increasing(common, (one) => one.newerAt)) {
    gaps.push({ olderStart, olderEnd: olderAt, newerStart, newerEnd: newerAt });
    olderStart = olderAt + 1;
    newerStart = newerAt + 1;
  }
  gaps.push({ olderStart, olderEnd: within.olderEnd, newerStart, newerEnd: within.newerEnd });
  return gaps;
}

/** Where each item stands that stands there once. */
function placesOfUnique(items: readonly string[], start: number, end: number): Map<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [index, item] of items.slice(start, end).entries()) {
    if (places.has(item)) repeated.add(item);
    else places.set(item, start + index);
  }
  for (const item of repeated) places.delete(item);
  return places;
}

interface Link<Item> {
  item: Item;
  number: number;
  before: Link<Item> | undefined;
}

/** A longest subsequence of items whose numbers increase. */
export function increasing<Item>(items: readonly Item[], numberOf: (item: Item) => number): Item[] {
  // The lowest end of every length, with what comes before it.
  const ends: Link<Item>[] = [];
  for (const item of items) {
    const number = numberOf(item);
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(ends, middle).number < number) low = middle + 1;
      else high = middle;
    }
    ends[low] = { item, number, before: ends[low - 1] };
  }
  const kept: Item[] = [];
  for (let link = ends.at(-1); link !== undefined; link = link.before) kept.push(link.item);
  return kept.reverse();
}
