/**
 * @module spec/paragraphs
 * Makes a paragraph of a stretch of source: its sentences, references, eval tags, term and ranking.
 */

import type { DiagnosticList } from './diagnostics.ts';
import { type FoundInline, findInlines } from './inlines.ts';
import { type Range, splitSentences } from './sentences.ts';
import { type SourceText, unwrapped } from './source-text.ts';
import type { EvalTag, Inline, Paragraph, Reference } from './types.ts';

/** Longer paragraphs are kept whole: nobody writes them, and their sentences would fill the memory. */
const LONGEST_PARAGRAPH = 1_000_000;

/**
 * The paragraph from `start` to `end` (offsets, white space at either end already left out).
 * @param inDefinitions whether `**Term**: …` opens a definition here
 */
export function readParagraph(
  source: SourceText,
  start: number,
  end: number,
  diagnostics: DiagnosticList,
  inDefinitions: boolean,
): Paragraph {
  const raw = source.text.slice(start, end);
  const span = source.span(start, end);
  if (raw.length > LONGEST_PARAGRAPH) {
    const data = { characters: raw.length, most: LONGEST_PARAGRAPH };
    diagnostics.add(source, 'line-too-long', start, start, data);
    return { type: 'paragraph', span, text: raw, sentences: [], inlines: [] };
  }
  const found = findInlines(raw);
  for (const inline of found) {
    const [from, to] = [start + inline.start, start + inline.end];
    if (inline.type === 'image') {
      diagnostics.add(source, 'unsupported-markdown', from, to, { what: 'image' });
    } else if (inline.type === 'footnote-definition') {
      diagnostics.add(source, 'footnote-definition', from, to, {});
    }
  }
  const ranges = splitSentences(raw, found);
  const paragraph: Paragraph = {
    type: 'paragraph',
    span,
    text: unwrapped(raw),
    sentences: ranges.map((range) => ({
      text: unwrapped(raw.slice(range.start, range.end)),
      span: source.span(start + range.start, start + range.end),
    })),
    inlines: bindInlines(source, start, raw, found, ranges),
  };
  const term = inDefinitions ? readTerm(raw) : null;
  if (term !== null) paragraph.term = term;
  const ranking = readRanking(raw, 3);
  if (ranking !== null) paragraph.ranking = ranking;
  return paragraph;
}

/** The references in a piece of text that has no eval tags: a title, a note. */
export function readReferences(source: SourceText, start: number, end: number): Inline[] {
  const raw = source.text.slice(start, end);
  const references: Inline[] = [];
  for (const inline of findInlines(raw)) {
    if (inline.type === 'reference') references.push(toReference(source, start, raw, inline));
  }
  return references;
}

/**
 * The things that `a > b > c` ranks, best first, or null if the text is no ranking.
 * @param fewest how many there must be at least
 */
export function readRanking(raw: string, fewest: number): string[] | null {
  if (!raw.includes('>') || raw.includes('\n') || raw.includes('\r')) return null;
  const parts: string[] = [];
  let start = 0;
  for (let at = raw.indexOf('>'); at !== -1; at = raw.indexOf('>', start)) {
    let end = at + 1;
    while (raw[end] === '>') end++;
    const isFreeStanding = raw[at - 1] === ' ' && raw[end] === ' ';
    const part = raw.slice(start, at).trim();
    if (!isFreeStanding || part === '') return null;
    parts.push(part);
    start = end;
  }
  const last = raw.slice(start).trim();
  if (last === '') return null;
  parts.push(last);
  return parts.length >= fewest ? parts : null;
}

function readTerm(raw: string): string | null {
  if (!raw.startsWith('**')) return null;
  const close = raw.indexOf('**', 2);
  if (close <= 2) return null;
  const inside = raw.slice(2, close);
  if (raw[close + 2] === ':') return inside;
  return inside.endsWith(':') ? inside.slice(0, -1) : null;
}

function toReference(
  source: SourceText,
  base: number,
  raw: string,
  found: Extract<FoundInline, { type: 'reference' }>,
): Reference {
  const text = unwrapped(raw.slice(found.textStart, found.textEnd));
  const isInternal = found.target.startsWith('#');
  const internalForm = text === '?' ? 'auto' : 'internal';
  return {
    type: 'reference',
    form: isInternal ? internalForm : 'external',
    target: isInternal ? found.target.slice(1) : found.target,
    text,
    span: source.span(base + found.start, base + found.end),
  };
}

function bindInlines(
  source: SourceText,
  base: number,
  raw: string,
  found: readonly FoundInline[],
  sentences: readonly Range[],
): Inline[] {
  const inlines: Inline[] = [];
  let sentence = 0;
  let boundFrom = 0;
  let lastPhrase: Range | null = null;
  for (const inline of found) {
    if (inline.type === 'reference') inlines.push(toReference(source, base, raw, inline));
    if (inline.type !== 'eval-tag') continue;
    while (
      (sentences[sentence]?.end ?? raw.length) <= inline.start &&
      sentence < sentences.length
    ) {
      sentence++;
      lastPhrase = null;
    }
    const from = Math.max(sentences[sentence]?.start ?? 0, boundFrom);
    let phrase = trimmedPhrase(raw, from, inline.start);
    // Two tags in a row mark the same words; a tag that opens a sentence marks the one before.
    if (phrase.end === phrase.start) phrase = lastPhrase ?? sentences[sentence - 1] ?? phrase;
    inlines.push(toEvalTag(source, base, raw, inline, phrase));
    boundFrom = inline.end;
    lastPhrase = phrase;
  }
  return inlines;
}

function toEvalTag(
  source: SourceText,
  base: number,
  raw: string,
  found: Extract<FoundInline, { type: 'eval-tag' }>,
  phrase: Range,
): EvalTag {
  return {
    type: 'eval-tag',
    tag: found.tag,
    span: source.span(base + found.start, base + found.end),
    phrase: {
      text: unwrapped(raw.slice(phrase.start, phrase.end)),
      span: source.span(base + phrase.start, base + phrase.end),
    },
  };
}

function trimmedPhrase(raw: string, from: number, to: number): Range {
  let start = from;
  let end = to;
  while (start < end && ' \t\r\n,;:.)'.includes(raw[start] ?? '')) start++;
  while (end > start && ' \t\r\n'.includes(raw[end - 1] ?? '')) end--;
  return { start, end };
}
