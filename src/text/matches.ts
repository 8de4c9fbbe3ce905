/** @module text/matches What a pattern finds in a text. */

/** Every stretch of a text that a global pattern finds, in order. */
export function matchesIn(text: string, pattern: RegExp): string[] {
  // `match` says null where it finds nothing.
  return text.match(pattern) ?? [];
}
