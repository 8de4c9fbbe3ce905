/**
 * @module spec/sentences
 * Splits running text into sentences with their exact places.
 */

import type { FoundInline } from './inlines.ts';

/** A stretch of text, by offsets from the start of the text that was split. */
export interface Range {
  start: number;
  end: number;
}

const NEVER_LAST = new Set(
  'e.g i.e eg ie cf vs viz resp approx incl mr mrs ms dr prof st fig figs'.split(' '),
);
const LATIN_END = new Set(['.', '!', '?', '…']);
const WIDE_END = new Set(['。', '！', '？', '｡']);
const SPACES = new Set(' \n\t\r\u00a0');
const CLOSERS = new Set([...`)]}"'”’*_»）」』】》`]);
const OPENERS = new Set([...`"'“‘([{*_«（「『【《\`¿¡`]);
const LONGEST_ABBREVIATION = 12;

/**
 * Where the sentences of `raw` are, white space between them left out.
 * A full stop does not end a sentence within code or a link, after an abbreviation, or before a small
 * letter; closing quotes, brackets and eval tags belong to the sentence before them.
 */
export function splitSentences(raw: string, inlines: readonly FoundInline[]): Range[] {
  const sentences: Range[] = [];
  let start = skipSpace(raw, 0);
  let at = start;
  let next = 0;
  const finish = (end: number): void => {
    if (end > start) sentences.push({ start, end });
    start = skipSpace(raw, end);
    at = start;
  };
  while (at < raw.length) {
    let inline = inlines[next];
    while (inline !== undefined && inline.start < at) inline = inlines[++next];
    if (inline !== undefined && inline.start === at) {
      at = Math.max(inline.end, at + 1);
      continue;
    }
    const character = raw[at] ?? '';
    if (!LATIN_END.has(character) && !WIDE_END.has(character)) {
      at++;
      continue;
    }
    const stopped = endOfStops(raw, at);
    const closed = endOfClosers(raw, stopped, inlines, next);
    const isWide = WIDE_END.has(raw[stopped - 1] ?? '');
    if (isWide || endsSentence(raw, at, stopped, closed)) finish(closed);
    else at = stopped;
  }
  const end = trimmedEnd(raw, start);
  if (end > start) sentences.push({ start, end });
  return sentences;
}

function endOfStops(raw: string, start: number): number {
  let at = start;
  while (LATIN_END.has(raw[at] ?? '') || WIDE_END.has(raw[at] ?? '')) at++;
  return at;
}

function endOfClosers(
  raw: string,
  start: number,
  inlines: readonly FoundInline[],
  firstInline: number,
): number {
  let at = start;
  let index = firstInline;
  while (at < raw.length) {
    let inline = inlines[index];
    while (inline !== undefined && inline.start < at) inline = inlines[++index];
    const tagAt = inline?.type === 'eval-tag' ? inline.start : -1;
    if (inline !== undefined && tagAt === at) at = inline.end;
    else if (CLOSERS.has(raw[at] ?? '')) at++;
    // A tag set off by one space still belongs to what it follows.
    else if (inline !== undefined && tagAt === at + 1 && raw[at] === ' ') at = inline.end;
    else break;
  }
  return at;
}

function endsSentence(raw: string, stop: number, stopped: number, closed: number): boolean {
  if (closed >= raw.length) return true;
  if (!SPACES.has(raw[closed] ?? '')) return false;
  const isOmission = stopped - stop > 1 && raw[stopped] === ']' && raw[stop] === '.';
  if (isOmission) return false;
  const following = skipSpace(raw, closed);
  if (following >= raw.length) return true;
  if (!startsSentence(raw, following)) return false;
  return !(raw[stop] === '.' && closed === stopped && isAbbreviation(raw, stop));
}

function startsSentence(raw: string, at: number): boolean {
  const character = String.fromCodePoint(raw.codePointAt(at) ?? 32);
  if (OPENERS.has(character)) return true;
  // Capitals, digits, and letters of scripts without capitals.
  return /[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u.test(character);
}

function isAbbreviation(raw: string, stop: number): boolean {
  let start = stop;
  while (
    start > 0 &&
    stop - start <= LONGEST_ABBREVIATION &&
    /[\p{L}.]/u.test(raw[start - 1] ?? '')
  ) {
    start--;
  }
  const word = raw.slice(start, stop);
  if (NEVER_LAST.has(word.toLowerCase())) return true;
  // Initials: "J. Smith", "U.S. law"; but the pronoun may well end a sentence.
  return /^\p{Lu}(?:\.\p{Lu})*$/u.test(word) && word !== 'I';
}

function skipSpace(raw: string, from: number): number {
  let at = from;
  while (SPACES.has(raw[at] ?? '')) at++;
  return at;
}

function trimmedEnd(raw: string, from: number): number {
  let end = raw.length;
  while (end > from && SPACES.has(raw[end - 1] ?? '')) end--;
  return end;
}
