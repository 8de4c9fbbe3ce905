/** @module cli/shell-line A line as a shell has it, taken apart into words. */

/** A quoted part in single quotes, in double quotes, an escaped sign, white space, any other sign. */
const PART = /'([^']*)'?|"((?:\\.|[^"\\])*)\\?"?|\\(.?)|(\s+)|(.)/gs;

/**
 * The words of a line; the last one is what is being written, and may be empty. Quotes are taken off, also one that is
 * not closed yet.
 */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (const [, single, double, escaped, space, other] of line.matchAll(PART)) {
    if (space === undefined) {
      word = (word ?? '') + (single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? other);
    } else if (word !== null) {
      words.push(word);
      word = null;
    }
  }
  return [...words, word ?? ''];
}
