/**
 * @module text/at
 * What is known to be there. Should it be missing after all, that is told as the fault it is, and counts as nothing else.
 */

/** The element at an index, from 0, that is known to be inside. */
export function at<Item>(items: ArrayLike<Item>, index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`there is no element ${index} of ${items.length}`);
  return item;
}

/** The value under a key that is known to be in a map. */
export function valueAt<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key);
  if (value === undefined) throw new RangeError(`there is nothing under ${String(key)}`);
  return value;
}
