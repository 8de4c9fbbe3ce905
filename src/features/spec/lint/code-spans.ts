/** @module features/spec/lint/code-spans What stands in a text and is no prose: code, and where links lead. */

/** Where a link leads, an address in angle brackets, an address by itself. */
const TARGETS =
  /(?<=\])\([^()\s]{0,2000}\)|<[a-z][a-z0-9+.-]{1,30}:[^<>\s]{0,2000}>|\bhttps?:\/\/\S+/gi;

/**
 * The text with blank signs in the place of inline code and of link targets, as long as it was, so that places
 * in it stay the same and no words are found or put right there.
 */
import { at, valueAt } from '../../../text/at.ts';

export function withoutCode(text: string): string {
  if (!text.includes('`') && !text.includes('](') && !text.includes(':/')) return text;
  const blank = (found: string): string => BLANK.repeat(found.length);
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of codeSpansIn(text)) {
    parts.push(text.slice(from, start), blank(text.slice(start, end)));
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('').replace(TARGETS, blank);
}

/** A sign that is neither a letter nor white space, so that words beside it do not touch. */
const BLANK = '\u00b7';

/** Stretches between two runs of as many backticks; a run that nothing closes is text. */
function codeSpansIn(text: string): { start: number; end: number }[] {
  const runs = [...text.matchAll(/`+/g)];
  // The last run of each length tells whether any can still close, so that no run is looked for in vain.
  const lastOfLength = new Map(runs.map(({ 0: run }, place) => [run.length, place]));
  const spans: { start: number; end: number }[] = [];
  for (let place = 0; place < runs.length; place++) {
    const { index: start, 0: opening } = at(runs, place);
    const { length } = opening;
    if (valueAt(lastOfLength, length) <= place) continue;
    do place++;
    while (at(runs, place)[0].length !== length);
    spans.push({ start, end: at(runs, place).index + length });
  }
  return spans;
}
