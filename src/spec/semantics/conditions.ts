/**
 * @module spec/semantics/conditions
 * When a sentence holds and when it does not: "if …", "unless …", "by default".
 */

import type { Position, Span } from '../types.ts';

/** A part of a sentence that says when it holds, or what it leaves out. */
export interface Condition {
  /** The word it begins with, in lower case: `if`, `unless`, `by default`. */
  word: string;
  text: string;
  isException: boolean;
  /** Its place; that of the whole sentence where it goes over several lines. */
  span: Span;
}

const OPENING =
  /(?<![\p{L}\p{N}_-])(only if|even if|if|whenever|when|while|where|provided that|as long as|by default|in cases? of|unless|except(?: for| when| where| if| that)?|with the exception of|other than|however)(?![\p{L}\p{N}_-])|(如果|若|当|除非|除了|但是|默认)/giu;
const EXCEPTIONS = /^(?:unless|except|with the exception|other than|however|除非|除了|但是)/i;
const LONGEST = 400;

/** The conditions and exceptions in a sentence, in order. */
export function conditionsIn(sentence: { text: string; span: Span }): Condition[] {
  const { text, span } = sentence;
  const found: Condition[] = [];
  const isInOneLine =
    span.start.line === span.end.line && span.end.offset - span.start.offset === text.length;
  for (const match of text.matchAll(OPENING)) {
    const start = match.index;
    const word = (match[1] ?? match[2] ?? '').toLowerCase();
    const end = /^(?:by default|默认)$/.test(word)
      ? start + word.length
      : endOfPart(text, start + word.length);
    found.push({
      word,
      text: text.slice(start, end),
      isException: EXCEPTIONS.test(word),
      span: isInOneLine ? { start: moved(span.start, start), end: moved(span.start, end) } : span,
    });
  }
  return found;
}

/** Up to the next comma, bracket or dash outside of brackets, or the sentence's end. */
function endOfPart(text: string, from: number): number {
  let depth = 0;
  let at = from;
  // "However, …" is about the rest of the sentence.
  if (text[at] === ',') at++;
  for (; at < text.length && at - from < LONGEST; at++) {
    const character = text[at] ?? '';
    if (character === '(' || character === '[') depth++;
    else if (character === ')' || character === ']') {
      if (depth === 0) return at;
      depth--;
    } else if (depth === 0 && (',;:，；。—'.includes(character) || text.startsWith('---', at)))
      return at;
  }
  let end = at;
  while (end > from && ' .!?\n'.includes(text[end - 1] ?? '')) end--;
  return end;
}

function moved({ line, column, offset }: Position, by: number): Position {
  return { line, column: column + by, offset: offset + by };
}
