/** @module features/spec/lint/rules/terms Rules about words with a fixed meaning, and words without one. */
import type { Span } from '../../../../spec/types.ts';
import { matchesIn } from '../../../../text/matches.ts';
import type { LintContext } from '../context.ts';
import { remark } from '../messages.ts';
import { type Found, inSections, type LintRule } from '../rule.ts';

interface Definition {
  term: string;
  /** The term with its capitals. */
  written: string;
  span: Span;
}

function* terms(context: LintContext): Generator<Found> {
  const first = new Map<string, Definition>();
  for (const { paragraphs } of context.sections) {
    for (const { term: written, span } of paragraphs) {
      if (written === undefined) continue;
      const term = written.trim().toLowerCase();
      const earlier = first.get(term);
      if (earlier === undefined) first.set(term, { term, written, span });
      else {
        const data = { term: written, line: earlier.span.start.line };
        yield { span, ...remark('S027', 'defined-twice', data) };
      }
    }
  }
  yield* unusedTerms(context, [...first.values()]);
}

/** Longer terms are looked for by their first words. */
const MOST_WORDS = 5;

/** A term counts as used where its words stand anywhere but in its own definition, in singular or plural. */
function* unusedTerms(context: LintContext, definitions: readonly Definition[]): Generator<Found> {
  const wanted = new Map<string, Definition>();
  for (const one of definitions) {
    const words = matchesIn(one.term, /[\p{L}\p{N}]+/gu);
    wanted.set(words.slice(0, MOST_WORDS).map(singular).join(' '), one);
  }
  if (wanted.size === 0) return;
  const lastWords = new Set([...wanted.keys()].map((words) => words.split(' ').at(-1)));
  const unused = new Set(wanted.values());
  const latest: string[] = [];
  for (const { index, 0: word } of context.spec.text.matchAll(/[\p{L}\p{N}]+/gu)) {
    latest.push(singular(word.toLowerCase()));
    if (latest.length > MOST_WORDS) latest.shift();
    if (!lastWords.has(latest.at(-1))) continue;
    for (let length = 1; length <= latest.length; length++) {
      const definition = wanted.get(latest.slice(-length).join(' '));
      if (definition === undefined) continue;
      const { start, end } = definition.span;
      if (index < start.offset || index >= end.offset) unused.delete(definition);
    }
  }
  for (const { written, span } of unused) {
    yield { span, ...remark('S027', 'unused', { term: written }) };
  }
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word;
}

/** Not where a neighbour is in capitals as well: that is somebody shouting. */
const ACRONYM =
  /(?<![\p{L}\p{N}_./@#-]|[A-Z]{2} )[A-Z]{3,6}(?![\p{L}\p{N}_/@]|[.-]\p{L}| [A-Z]{2})/gu;
/** Better known than what they stand for. */
const KNOWN = new Set(
  'API APIs URL URLs HTML CSS XML JSON YAML PDF CSV SQL HTTP HTTPS FAQ USA GDP DNA RNA COVID LLM LLMs GPT CEO DIY UTF RGB GPS USB PIN PHP NASA FBI CIA NATO BBC CNN ASCII SARIF UTC LGBTQ MIT AGI GET POST PUT README AGENTS CUDA AND NOT MUST SHALL SHOULD MAY ALL ONLY NEVER GOOD BAD ANY REQUIRED ASAP TODO TBD TBC FIXME XXX'.split(
    ' ',
  ),
);

/** `(CBRN)`, `CBRN (chemical, …)`, `**CBRN**: …`. */
const EXPLAINED = /\(([A-Z]{3,6})s?\)|(?<![A-Z])([A-Z]{3,6})s? \(|\*\*([A-Z]{3,6})/g;

function* acronyms(context: LintContext): Generator<Found> {
  const { text } = context.spec;
  const settled = new Set(KNOWN);
  for (const [, inBrackets, before, bold] of text.matchAll(EXPLAINED)) {
    const acronym = inBrackets ?? before ?? bold;
    if (acronym !== undefined) settled.add(acronym);
  }
  for (const { sentence } of context.sentences) {
    if (!/[A-Z]{3}/.test(sentence.text)) continue;
    const { start, end } = sentence.span;
    for (const { index, 0: acronym } of text.slice(start.offset, end.offset).matchAll(ACRONYM)) {
      if (settled.has(acronym)) continue;
      settled.add(acronym);
      const at = start.offset + index;
      const span = context.span(at, at + acronym.length);
      yield { span, ...remark('S046', 'unexplained', { acronym }) };
    }
  }
}

const DEFINITIONS = '# Definitions {#definitions}\n\n';

export const TERM_RULES: readonly LintRule[] = [
  {
    id: 'S027',
    title: 'term defined twice or never used',
    reason:
      'Two definitions may differ; an unused one is mostly a term that the text calls something else.',
    severity: 'information',
    good: inSections(
      `${DEFINITIONS}**Caller**: whoever asks.\n\n# Answers {#answers}\n\nThe caller gets one.\n`,
    ),
    bad: inSections(
      `${DEFINITIONS}**Caller**: whoever asks.\n\n# Answers {#answers}\n\nThe person gets one.\n`,
    ),
    check: terms,
  },
  {
    id: 'S046',
    title: 'short form that is not explained',
    reason: 'Readers, judges and translators have to guess what it stands for.',
    severity: 'information',
    good: { text: 'The assistant should refuse help with chemical and nuclear weapons (CNW).' },
    bad: { text: 'The assistant should refuse help with CNW.' },
    check: acronyms,
  },
];
