/** @module features/spec/lint/code-spans What stands in a text and is no prose: code, and where links lead. */

/** Where a link leads, an address in angle brackets, an address by itself. */
const TARGETS =
  /(?<=\])\([^()\s]{0,2000}\)|<[a-z][a-z0-9+.-]{1,30}:[^<>\s]{0,2000}>|\bhttps?:\/\/\S+/gi;

/**
 * The text with blank signs in the place of inline code and of link targets, as long as it was, so that places
 * in it stay the same and no words are found or put right there.
 */
export function withoutCode(text: string): string {
  if (!text.includes('`') && !text.includes('](') && !text.includes(':/')) return text;
  const blank = (found: string): string => BLANK.repeat(found.length);
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of codeSpansIn(text)) {
    parts.push(text.slice(at, start), blank(text.slice(start, end)));
    at = end;
  }
  parts.push(text.slice(at));
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
    const opening = runs[place];
    if (opening === undefined) break;
    const { length } = opening[0];
    if ((lastOfLength.get(length) ?? 0) <= place) continue;
    let closing = place + 1;
    while (runs[closing]?.[0].length !== length) closing++;
    const end = (runs[closing]?.index ?? text.length) + length;
    spans.push({ start: opening.index, end });
    place = closing;
  }
  return spans;
}
