/**
 * @module text/numbers
 * How numbers and lists are put into words, the same in findings and in reports.
 */

/** A share as a whole percentage. Only what is all or nothing says 100 or 0. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return '>99 %';
  if (rounded === 0 && share > 0) return '<1 %';
  return `${rounded} %`;
}

/** `1 reply`, `2 replies`; thousands are set apart with commas. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

/** A whole number with its thousands set apart, the same on every machine. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `a`, `a and b`, `a, b and c`; with more than `limit` the rest as a number: `a, b and 7 more`. */
export function list(items: readonly string[], limit = Number.POSITIVE_INFINITY): string {
  const shown = items.length > limit ? items.slice(0, limit) : [...items];
  if (shown.length < items.length) shown.push(`${items.length - shown.length} more`);
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
