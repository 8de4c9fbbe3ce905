/** @module features/spec/lint/rules/exceptions Exceptions and conditions of duties, and whether examples show them. */

import type { Example } from '../../../../spec/types.ts';
import { comparisonsOf, repliesOf } from '../../../../spec/walk.ts';
import { at } from '../../../../text/at.ts';
import { matchesIn } from '../../../../text/matches.ts';
import type { LintContext } from '../context.ts';
import { remark } from '../messages.ts';
import type { Found } from '../rule.ts';
import { showsCounterExample } from './comparisons.ts';

/** What follows, up to the next sign, is where the duty ends. */
const EXCEPTION =
  /\b(unless|except(?: that| when| if| for| in)?|with the exception of|other than when)\b([^,;:.()]{0,200})/i;
/** What follows is where the duty begins: it does not hold otherwise. */
const CONDITION =
  /\b(only (?:if|when|where|after)|provided that|as long as|so long as)\b([^,;:.()]{0,200})/i;

/** Every duty with an exception or a condition that no example is about. */
export function* exceptionsNotShown({ sections }: LintContext): Generator<Found> {
  for (const { section, sentences, examples } of sections) {
    if (section.level === null) continue;
    const shown = examples.reduce((sum, example) => sum + comparisonsOf(example).length, 0);
    let stems: Set<string> | null = null;
    for (const { prose, isNormative, sentence } of sentences) {
      if (!isNormative) continue;
      const exception = EXCEPTION.exec(prose);
      const condition = exception === null ? CONDITION.exec(prose) : null;
      const match = exception ?? condition;
      if (match === null) continue;
      stems ??= new Set(examples.flatMap((example) => [...stemsOf(wordsOf(example))]));
      const isTold = isAbout(stems, at(match, 2));
      const about = { word: at(match, 1).toLowerCase(), clause: section.id };
      if (exception !== null && (shown < 2 || !isTold)) {
        const said = remark('S031', 'exception', { ...about, comparisons: shown });
        yield { span: sentence.span, ...said };
      } else if (condition !== null && !(isTold && examples.some(showsCounterExample))) {
        yield { span: sentence.span, ...remark('S031', 'condition', about) };
      }
    }
  }
}

/** Everything that an example says. */
function wordsOf(example: Example): string {
  const messages = example.turns.flatMap((turn) => (turn.type === 'message' ? [turn.content] : []));
  const replies = repliesOf(example).flatMap(({ content, note }) =>
    note === null ? [content] : [content, note],
  );
  return [example.title, ...messages, ...replies].join('\n');
}

/** Whether half of a phrase's words, or their kin, stand in the examples; nobody can tell of a phrase without any. */
function isAbout(stems: ReadonlySet<string>, phrase: string): boolean {
  const wanted = [...stemsOf(phrase)];
  const found = wanted.filter((stem) => stems.has(stem)).length;
  return found * 2 >= wanted.length;
}

const LETTERS_OF_STEM = 5;
/** Words that every spec has everywhere. */
const COMMON = new Set(
  'about after again also another assistant because been before being could does done each either even every from have having here however instead into itself like made make model more most much must need only other otherwise over rather same shall should some such than that their them then there these they this those through under until user users very what when where whether which while will with within without would your'.split(
    ' ',
  ),
);

/** The beginnings of the longer words, so that “harm”, “harms” and “harmful” are kin. */
function stemsOf(text: string): Set<string> {
  const words = matchesIn(text.toLowerCase(), /\p{L}{4,}/gu);
  return new Set(
    words.filter((word) => !COMMON.has(word)).map((word) => word.slice(0, LETTERS_OF_STEM)),
  );
}
