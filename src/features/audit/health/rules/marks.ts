/** @module features/audit/health/rules/marks Rows of the decision table about the text's own marked replies. */
import { count } from '../../../../text/numbers.ts';
import type { Fault, Rule, Wording } from '../diagnosis.ts';
import type { Reading } from '../reading.ts';
import type { Signal } from '../signal.ts';
import type { MarkCalls } from '../signals/marks.ts';

export const MARK_RULES: readonly Rule[] = [
  ...markRules({
    signal: 'good-fails',
    fault: 'contradiction',
    calls: ({ good }) => good,
    known: 'replies known to keep it',
    wrong: 'called violations',
  }),
  ...markRules({
    signal: 'bad-passes',
    fault: 'ambiguity',
    calls: ({ bad }) => bad,
    known: 'replies known to break it',
    wrong: 'passed',
  }),
];

function markRules(about: {
  signal: 'good-fails' | 'bad-passes';
  fault: Fault;
  calls: (reading: Reading) => MarkCalls | undefined;
  known: string;
  wrong: string;
}): Rule[] {
  const { signal, fault, calls, known, wrong } = about;
  const told = (own: Signal, words: Wording): string =>
    `${known} are ${wrong} in ${words.share(own, 'judgements')}`;
  return [
    {
      id: `${signal}-several`,
      faults: [fault],
      signal,
      when: `${known} are ${wrong}, one of them by two judges or more`,
      because: (reading, own, words) => {
        const item = calls(reading)?.items.find(({ judges }) => judges.length > 1);
        return item === undefined
          ? null
          : `${told(own, words)}, reply ${item.item} by ${count(item.judges.length, 'judge')} alike`;
      },
    },
    {
      id: `${signal}-one`,
      faults: ['judge'],
      signal,
      when: `${known} are ${wrong} by one of several measured judges alone`,
      because: (reading, own, words) => {
        const { judges = [], wrongJudges = [] } = calls(reading) ?? {};
        return judges.length > 1 && wrongJudges.length === 1
          ? `${told(own, words)}, all of them by ${wrongJudges[0]}, while ${judges.length === 2 ? 'the other judge follows' : `${judges.length - 1} others follow`} the marks`
          : null;
      },
    },
    {
      id: `${signal}-unknown`,
      faults: [fault, 'judge'],
      signal,
      when: `${known} are ${wrong}, by the only judge that was measured or by each on other replies`,
      because: (_, own, words) =>
        `${told(own, words)}, and on no reply did two measured judges err alike`,
    },
  ];
}
