/** @module spec/groups Items and sums by key. */

/** The items under a key, in the order in which they came. */
export function itemsUnder<Key, Item>(
  groups: ReadonlyMap<Key, readonly Item[]>,
  key: Key,
): readonly Item[] {
  // Groups are made by their first item: without a group there is no item.
  return groups.get(key) ?? [];
}

/** Puts one more item under a key. */
export function putUnder<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}

/** Adds to the sum under a key, and gives the new sum. */
export function addUnder<Key>(sums: Map<Key, number>, key: Key, number = 1): number {
  // A sum to which nothing was added yet is nothing.
  const sum = (sums.get(key) ?? 0) + number;
  sums.set(key, sum);
  return sum;
}
