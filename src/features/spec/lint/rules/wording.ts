/** @module features/spec/lint/rules/wording Rules about how duties are worded. They know English only. */

import type { Paragraph, Span } from '../../../../spec/types.ts';
import { at } from '../../../../text/at.ts';
import { matchesIn } from '../../../../text/matches.ts';
import { withoutCode } from '../code-spans.ts';
import type { LintContext, ProseSentence } from '../context.ts';
import { fixOf, remark } from '../messages.ts';
import type { Found, LintRule } from '../rule.ts';
import { ABSOLUTE, DUTIES, HEDGE, wordsOf } from '../words.ts';

/** The place of a match in a sentence, where the plain text is what is written there. */
function placeOf(
  context: LintContext,
  { sentence, plain }: ProseSentence,
  match: RegExpExecArray,
): Span {
  if (plain !== sentence.text || sentence.text.includes('\n')) return sentence.span;
  const start = sentence.span.start.offset + match.index;
  return context.span(start, start + match[0].length);
}

function* hedges(context: LintContext): Generator<Found> {
  for (const one of context.sentences) {
    if (!one.isNormative || one.standing === 'none' || one.standing === 'weakest') continue;
    const match = HEDGE.exec(one.prose);
    if (match === null) continue;
    const word = match[0];
    const said =
      one.standing === 'fixed'
        ? remark('S022', 'hedge-in-fixed-clause', { word, level: one.section.level })
        : remark('S022', 'hedge', { word });
    yield { span: placeOf(context, one, match), ...said };
  }
}

function* compoundDuties({ sentences }: LintContext): Generator<Found> {
  for (const { prose, isNormative, sentence } of sentences) {
    if (!isNormative) continue;
    const duties = matchesIn(prose, DUTIES);
    if (duties.length < 2) continue;
    const words = duties.map((word) => word.toLowerCase());
    yield { span: sentence.span, ...remark('S023', 'several-duties', { words }) };
  }
}

const MOST_WORDS = 40;

function* longSentences({ sentences }: LintContext): Generator<Found> {
  for (const { plain, sentence } of sentences) {
    if (plain.length < MOST_WORDS * 2) continue;
    const words = wordsOf(plain).length;
    if (words <= MOST_WORDS) continue;
    yield { span: sentence.span, ...remark('S024', 'long', { words, most: MOST_WORDS }) };
  }
}

const WEAK =
  /\b(?:appropriate(?:ly)?|reasonabl[ey]|sufficient(?:ly)?|adequate(?:ly)?|excessive(?:ly)?|significant(?:ly)?|substantial(?:ly)?|unnecessar(?:y|ily)|undue|unduly|best judg(?:e)?ment|common sense|extra care|take care|err on the side|and\/or|etc|in (?:some|many|certain) cases|including but not limited to|as soon as possible|relevant)\b/i;

function* weakWords(context: LintContext): Generator<Found> {
  for (const one of context.sentences) {
    if (!one.isNormative || one.standing === 'weakest' || one.standing === 'none') continue;
    const match = WEAK.exec(one.prose);
    if (match === null) continue;
    const said = remark('S025', 'weak', { word: match[0] });
    yield { span: placeOf(context, one, match), ...said };
  }
}

function* absolutesInGuidelines(context: LintContext): Generator<Found> {
  for (const one of context.sentences) {
    if (one.standing !== 'weakest') continue;
    const match = ABSOLUTE.exec(one.prose);
    if (match === null) continue;
    const said = remark('S043', 'absolute', { word: match[0], level: one.section.level });
    yield { span: placeOf(context, one, match), ...said };
  }
}

const PLACEHOLDER =
  /\b(?:TODO|TBD|TBC|FIXME|XXX|lorem ipsum)\b|\?\?\?|<insert\b[^>]{0,80}>|\[(?:to do|tbd|placeholder|insert [^\]]{0,80})\]/;

function* placeholders(context: LintContext): Generator<Found> {
  const look = (text: string, span: Span): Found[] => {
    const match = PLACEHOLDER.exec(withoutCode(text));
    return match === null ? [] : [{ span, ...remark('S044', 'placeholder', { words: match[0] }) }];
  };
  for (const { section, sentences, commentary } of context.sections) {
    yield* look(section.title, section.heading);
    for (const { sentence } of [...sentences, ...commentary])
      yield* look(sentence.text, sentence.span);
  }
}

const REPEATED = /(?<![\p{L}\p{N}'’-])(\p{L}+)[ \t]+\1(?![\p{L}\p{N}'’-])/giu;
/** Words that may well follow themselves. */
const MAY_REPEAT = new Set([
  'had',
  'that',
  'no',
  'very',
  'bye',
  'so',
  'really',
  'ha',
  'blah',
  'her',
  'do',
]);

function* repeatedWords(context: LintContext): Generator<Found> {
  const { text } = context.spec;
  const look = function* ({ span }: Paragraph): Generator<Found> {
    const raw = text.slice(span.start.offset, span.end.offset);
    for (const match of withoutCode(raw).matchAll(REPEATED)) {
      const word = at(match, 1);
      if (MAY_REPEAT.has(word.toLowerCase()) || word !== match[0].slice(-word.length)) continue;
      const start = span.start.offset + match.index;
      if (context.fenceAt(start) !== null) continue;
      const second = context.span(start + word.length, start + match[0].length);
      yield {
        span: context.span(start, start + match[0].length),
        ...remark('S047', 'twice', { word }),
        fix: fixOf('leave-out-repetition', { word }, [{ span: second, text: '' }]),
      };
    }
  };
  for (const { paragraphs } of context.sections) for (const one of paragraphs) yield* look(one);
}

const CAPITALS = /\b(?:MUST|SHALL|SHOULD|REQUIRED|MAY|RECOMMENDED)(?: NOT)?\b/;

function* strayCapitals(context: LintContext): Generator<Found> {
  const normative = context.sentences.filter(({ isNormative }) => isNormative);
  const capital = normative.filter(({ prose }) => CAPITALS.test(prose));
  // Either habit is fine; the sentence that departs from it is taken for weightier or lighter than it is.
  const isHabit = capital.length * 2 > normative.length;
  if (capital.length === 0 || capital.length === normative.length) return;
  const odd = isHabit ? normative.filter(({ prose }) => !CAPITALS.test(prose)) : capital;
  for (const one of odd) {
    const match = (isHabit ? /\b(?:must|should|shall|may)\b/ : CAPITALS).exec(one.prose);
    if (match === null) continue;
    const said = remark('S049', isHabit ? 'small-letters' : 'capitals', { word: match[0] });
    yield { span: placeOf(context, one, match), ...said };
  }
}

const LONG =
  'The assistant should answer in the language of the question, in the tone of the person who asks, at the length that the question needs, with the sources that a reader would look for, in an order that a reader follows, and with an example at the end of it.';

export const WORDING_RULES: readonly LintRule[] = [
  {
    id: 'S022',
    title: 'hedge in a clause that binds',
    reason:
      'A judge cannot tell a breach from the exception that the hedge allows. The firmer the clause, the more this costs.',
    severity: 'information',
    severityByLevel: { fixed: 'warning', default: 'information' },
    good: { text: 'The assistant should refuse to help with weapons.' },
    bad: { text: 'The assistant should generally refuse to help with weapons.' },
    check: hedges,
  },
  {
    id: 'S023',
    title: 'several duties in one sentence',
    reason: 'A verdict on the sentence does not say which of them was broken.',
    severity: 'information',
    good: { text: 'The assistant should answer. It must not guess.' },
    bad: { text: 'The assistant should answer and must not guess.' },
    check: compoundDuties,
  },
  {
    id: 'S024',
    title: 'long sentence',
    reason: 'People and models lose the condition or the exception in the middle of it.',
    severity: 'information',
    good: { text: 'The assistant should answer in the language of the question.' },
    bad: { text: LONG },
    check: longSentences,
  },
  {
    id: 'S025',
    title: 'weak word in a duty',
    reason: 'Words such as "appropriate" hand the decision to whoever reads them.',
    severity: 'information',
    good: { text: 'The assistant should give three reasons.' },
    bad: { text: 'The assistant should give sufficient reasons.' },
    check: weakWords,
  },
  {
    id: 'S043',
    title: 'absolute word in a clause that gives way to anybody',
    reason:
      'The words say that nobody may change it, the level says that everybody may; a reader obeys one of them.',
    severity: 'information',
    good: { level: 'guideline', text: 'The assistant should not use headings in short answers.' },
    bad: { level: 'guideline', text: 'The assistant must not use headings in short answers.' },
    check: absolutesInGuidelines,
  },
  {
    id: 'S044',
    title: 'placeholder',
    reason:
      'A text that is published with it tells its readers that it is not finished, and a judge nothing.',
    severity: 'error',
    good: { text: 'The assistant should answer within ten lines.' },
    bad: { text: 'The assistant should answer within TODO lines.' },
    check: placeholders,
  },
  {
    id: 'S047',
    title: 'word written twice',
    reason: 'It is a slip, and quoting the clause repeats it.',
    severity: 'warning',
    good: { text: 'The assistant should answer the question.' },
    bad: { text: 'The assistant should answer the the question.' },
    check: repeatedWords,
  },
  {
    id: 'S049',
    title: 'duty in capitals among others that are not',
    reason:
      'Readers who know RFC 2119 take capitals for a stronger duty than the same word in small letters.',
    severity: 'information',
    good: { text: 'The assistant should answer. It must not guess.' },
    bad: { text: 'The assistant should answer. It MUST NOT guess. It should be brief.' },
    check: strayCapitals,
  },
];
