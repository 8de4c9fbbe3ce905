/** @module features/spec/diff/structure Sections under another heading, or in another place under the same one. */
import { valueAt } from '../../../text/at.ts';
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
  const isMoved = ({ older, newer }: SectionPair): boolean =>
    newer.parent !== (older.parent === null ? null : newerIdOf(older.parent));
  const moved: Places['moved'] = new Map(
    pairs
      .filter(isMoved)
      .map(({ older, newer }) => [newer.id, { from: older.parent, to: newer.parent }]),
  );
  const stayed = pairs.filter((pair) => !isMoved(pair));
  const reordered = new Set<string>();
  for (const group of Map.groupBy(stayed, ({ newer }) => newer.parent).values()) {
    const inOrder = new Set(increasing(group, ({ older }) => valueAt(olderOrder, older.id)));
    for (const pair of group) if (!inOrder.has(pair)) reordered.add(pair.newer.id);
  }
  return { moved, reordered };
}
