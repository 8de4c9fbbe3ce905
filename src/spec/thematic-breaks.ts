/**
 * @module spec/thematic-breaks
 * Lines across the page (`---`, `* * *`), which part a text and say nothing.
 */

import type { SourceText } from './source-text.ts';

const FEWEST = 3;

/** Whether a line is three or more of `-`, `*` or `_`, one and the same, with nothing but white space between. */
export function isThematicBreak(source: SourceText, line: number): boolean {
  const { text } = source;
  const first = source.first(line);
  const mark = text[first];
  if (mark !== '-' && mark !== '*' && mark !== '_') return false;
  let marks = 0;
  for (let at = first; at < source.end(line); at++) {
    if (text[at] === mark) marks++;
    else if (text[at] !== ' ' && text[at] !== '\t') return false;
  }
  return marks >= FEWEST;
}
