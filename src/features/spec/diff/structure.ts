/** @module features/spec/diff/structure Sections under another heading, or in another place under the same one. */
import type { SectionPair } from './pairing.ts';
import { increasing } from './sequence.ts';

export interface Places {
  /** By newer id. A parent that was only renamed is the same parent. */
  moved: Map<string, { from: string | null; to: string | null }>;
  reordered: Set<string>;
}

/**
 * Where sections went.
 * @param newerIdOf the newer id of an older section, its own where it has no other
 */
export function placesOf(
  pairs: readonly SectionPair[],
  olderOrder: ReadonlyMap<string, number>,
  newerIdOf: (id: string) => string,
): Places {
  const moved: Places['moved'] = new Map();
  const siblings = new Map<string | null, SectionPair[]>();
  for (const pair of pairs) {
    const { older, newer } = pair;
    const parent = older.parent === null ? null : newerIdOf(older.parent);
    if (parent !== newer.parent) {
      moved.set(newer.id, { from: older.parent, to: newer.parent });
      continue;
    }
    const known = siblings.get(newer.parent);
    if (known === undefined) siblings.set(newer.parent, [pair]);
    else known.push(pair);
  }
  const reordered = new Set<string>();
  for (const group of siblings.values()) {
    const stayed = new Set(increasing(group.map(({ older }) => olderOrder.get(older.id) ?? 0)));
    for (const [place, { newer }] of group.entries()) {
      if (!stayed.has(place)) reordered.add(newer.id);
    }
  }
  return { moved, reordered };
}
