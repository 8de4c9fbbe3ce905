/** @module run/numbered Names as the numbers that columns of figures hold. */

/** The same number for the same name, from 0 in the order in which names first come. */
export function numbered(names: readonly string[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(names, (name) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
}
