/** @module features/audit/health/rules/subjects Rows of the decision table about subjects and scenarios. */
import { count } from '../../../../text/numbers.ts';
import type { Rule } from '../diagnosis.ts';
import type { Reading } from '../reading.ts';

export const SUBJECT_RULES: readonly Rule[] = [
  {
    id: 'subject-alone',
    faults: ['model'],
    signal: 'violated',
    when: 'a subject violates it while another keeps it',
    because: ({ subjects: { failing, keeping, subjects } }, _, words) => {
      const rate = (place: number): string => {
        const row = subjects.find(({ subject }) => subject === place);
        return `${words.subject(place)} in ${row?.hits ?? 0} of ${row?.trials ?? 0}`;
      };
      return keeping.length === 0
        ? null
        : `it is violated by ${failing.map(rate).join(' and ')} transcripts, by ${keeping.map(rate).join(' and ')}`;
    },
  },
  {
    id: 'all-fail-shown',
    faults: ['model'],
    signal: 'violated',
    when: 'all subjects violate it, judges read it alike, and its text shows a good and a bad reply',
    because: (reading, signal, words) =>
      allFail(reading) && reading.judgesAgree && isShown(reading)
        ? `all subjects violate it, ${words.share(signal, 'transcripts')} by ${words.subject(signal.subject ?? -1)}, judges agree that they do, and its own examples show what is asked`
        : null,
  },
  {
    id: 'all-fail-not-shown',
    faults: ['missing example'],
    signal: 'violated',
    when: 'all subjects violate it, judges read it alike, and its text shows no good or no bad reply',
    because: (reading, signal, words) =>
      allFail(reading) && reading.judgesAgree
        ? `all subjects violate it, ${words.share(signal, 'transcripts')} by ${words.subject(signal.subject ?? -1)}, judges agree that they do, and its text prints ${count(reading.printed.good, 'good reply', 'good replies')} and ${count(reading.printed.bad, 'bad one', 'bad ones')}`
        : null,
  },
  {
    id: 'all-fail',
    faults: ['ambiguity', 'model'],
    signal: 'violated',
    when: 'all subjects violate it, and no two judges were held against each other',
    because: (reading, signal, words) =>
      allFail(reading)
        ? `all subjects violate it, ${words.share(signal, 'transcripts')} by ${words.subject(signal.subject ?? -1)}, and whether judges read it alike is not known`
        : null,
  },
  {
    id: 'subjects-differ-by-chance',
    faults: ['model'],
    signal: 'subjects-differ',
    when: 'strong subjects differ, and each differs as much from itself',
    because: ({ subjects: { steadiness } }, signal, words) =>
      steadiness.told === 'chance'
        ? `strong subjects differ on ${words.share(signal, 'questions')}, but one subject asked twice differs from itself as often (${steadiness.within.hits} of ${steadiness.within.trials})`
        : null,
  },
  {
    id: 'subjects-differ-steadily',
    faults: ['missing example'],
    signal: 'subjects-differ',
    when: 'strong subjects differ, each agrees with itself, and judges read the clause alike',
    because: ({ subjects: { steadiness }, judgesAgree }, signal, words) =>
      steadiness.told === 'steady' && judgesAgree
        ? `strong subjects differ on ${words.share(signal, 'questions')}, each agrees with itself (other in ${steadiness.within.hits} of ${steadiness.within.trials} repeats), and judges agree on what they see: the text does not lead to it`
        : null,
  },
  {
    id: 'subjects-differ-one-judge',
    faults: ['ambiguity', 'missing example'],
    signal: 'subjects-differ',
    when: 'strong subjects differ, each agrees with itself, and no two judges were held against each other',
    because: ({ subjects: { steadiness } }, signal, words) =>
      steadiness.told === 'steady'
        ? `strong subjects differ on ${words.share(signal, 'questions')}, each agrees with itself, and whether judges read it alike is not known`
        : null,
  },
  {
    id: 'subjects-differ',
    faults: ['missing example', 'model'],
    signal: 'subjects-differ',
    when: 'strong subjects differ, and there are too few repeats to say whether by chance',
    because: ({ subjects: { steadiness } }, signal, words) =>
      `strong subjects differ on ${words.share(signal, 'questions')}; ${steadiness.within.trials === 0 ? 'nothing was asked twice' : `only ${steadiness.within.trials} repeats`}, so this may be chance in each of them`,
  },
  {
    id: 'one-subject',
    faults: ['missing example', 'model'],
    signal: 'violated',
    when: 'a subject violates it, and no other keeps it',
    because: ({ subjects: { failing } }, signal, words) =>
      `${words.subjects(failing)} violates it in ${words.share(signal, 'transcripts')}, and no other subject is known to keep it`,
  },
  {
    id: 'one-scenario',
    faults: ['scenario'],
    signal: 'one-scenario',
    when: 'of three scenario seeds or more, judges disagree on one at least five times as often as on the others',
    because: (_, signal, words) => {
      const { hits, trials, seeds, elsewhere, seed } = signal.contrast;
      return `judges disagree on ${hits} of ${trials} transcripts of the seed ${words.seed(seed.cluster)}, and on ${elsewhere.hits} of ${elsewhere.trials} of the clause's other ${seeds - 1}`;
    },
  },
  {
    id: 'not-applicable',
    faults: ['scenario'],
    signal: 'not-applicable',
    when: 'judges say that the clause does not apply to what its scenarios put',
    because: (_, signal, words) =>
      `judges say that it does not apply to ${words.share(signal, 'transcripts')}`,
  },
];

function allFail({ subjects: { subjects, failing } }: Reading): boolean {
  return failing.length > 1 && subjects.every(({ subject }) => failing.includes(subject));
}

function isShown({ printed }: Reading): boolean {
  return printed.good > 0 && printed.bad > 0;
}
