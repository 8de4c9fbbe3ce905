/** @module stats/sum Sums of numbers, also of numbers of which some are not known. */

/** The sum of all numbers; 0 where there are none. */
export function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

/** As `sum`; null where any part is unknown: a total that leaves something out would pass for all. */
export function sumKnown(numbers: readonly (number | null)[]): number | null {
  return numbers.reduce<number | null>(
    (total, number) => (total === null || number === null ? null : total + number),
    0,
  );
}
