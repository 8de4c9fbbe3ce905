/** @module features/audit/health/rules/judges Rows of the decision table about judges and people. */
import { count } from '../../../../text/numbers.ts';
import type { Rule } from '../diagnosis.ts';

/** People's labels on divided transcripts, fewer of which don't show whom they side with. */
const FEWEST_LABELS = 4;

/** The share of those labels with which a judge that people side with agrees at least, and another at most. */
const SIDED = 0.75;
const DESERTED = 1 / 3;

export const JUDGE_RULES: readonly Rule[] = [
  {
    id: 'people-divided',
    faults: ['ambiguity'],
    signal: 'people-disagree',
    when: 'people disagree with one another',
    because: (_, signal, words) =>
      `people disagree on ${words.share(signal, 'transcripts')} that several of them labelled`,
  },
  {
    id: 'judges-divided-people-too',
    faults: ['ambiguity'],
    signal: 'judges-disagree',
    when: 'judges disagree, and people side now with one, now with another, or are divided themselves',
    because: ({ judges: { people } }, signal, words) => {
      if (people.labelled + people.divided < FEWEST_LABELS) return null;
      const best = Math.max(0, ...people.sides.values());
      if (people.divided < 2 && best >= SIDED * people.labelled) return null;
      return `independent judges disagree on ${words.share(signal, 'transcripts')}, and people who labelled ${people.labelled + people.divided} of these side now with one and now with another`;
    },
  },
  {
    id: 'judges-divided-people-decide',
    faults: ['judge'],
    signal: 'judges-disagree',
    when: 'judges disagree, and people side with one against another',
    because: ({ judges: { people, judges } }, signal, words) => {
      if (people.labelled < FEWEST_LABELS) return null;
      const share = (judge: number): number => (people.sides.get(judge) ?? 0) / people.labelled;
      const deserted = judges.filter((judge) => share(judge) <= DESERTED);
      if (deserted.length === 0 || !judges.some((judge) => share(judge) >= SIDED)) return null;
      return `independent judges disagree on ${words.share(signal, 'transcripts')}, and of ${people.labelled} of these that people labelled they side against ${words.judges(deserted)} nearly always`;
    },
  },
  {
    id: 'judge-alone',
    faults: ['judge'],
    signal: 'judges-disagree',
    when: 'of three judges or more one stands alone, and is not known to be good elsewhere',
    because: ({ judges: { alone, divided, trust } }, signal, words) =>
      alone === null || trust.get(alone.judge) === true
        ? null
        : `independent judges disagree on ${words.share(signal, 'transcripts')}, and in ${alone.times} of ${divided} of these ${words.judge(alone.judge)} stands alone against all others`,
  },
  {
    id: 'judge-alone-but-good',
    faults: ['ambiguity', 'judge'],
    signal: 'judges-disagree',
    when: 'of three judges or more one stands alone, and agrees with people or marks elsewhere',
    because: ({ judges: { alone, divided } }, signal, words) =>
      alone === null
        ? null
        : `independent judges disagree on ${words.share(signal, 'transcripts')}; in ${alone.times} of ${divided} of these ${words.judge(alone.judge)} stands alone, but it agrees with people or marks elsewhere`,
  },
  {
    id: 'judges-divided-all-ways',
    faults: ['ambiguity'],
    signal: 'judges-disagree',
    when: 'of three judges or more none stands alone',
    because: ({ judges: { judges } }, signal, words) =>
      judges.length < 3
        ? null
        : `independent judges disagree on ${words.share(signal, 'transcripts')}, and of ${judges.length} judges${words.families(judges)} none stands alone`,
  },
  {
    id: 'judges-divided-both-good',
    faults: ['ambiguity'],
    signal: 'judges-disagree',
    when: 'two judges disagree, and both agree with people or marks elsewhere',
    because: ({ judges: { judges, trust } }, signal, words) =>
      judges.every((judge) => trust.get(judge) === true)
        ? `independent judges disagree on ${words.share(signal, 'transcripts')}, and both${words.families(judges)} agree with people or marks elsewhere`
        : null,
  },
  {
    id: 'judges-divided-one-good',
    faults: ['judge'],
    signal: 'judges-disagree',
    when: 'two judges disagree, and elsewhere one agrees with people or marks and the other does not',
    because: ({ judges: { judges, trust } }, signal, words) => {
      const bad = judges.filter((judge) => trust.get(judge) === false);
      return bad.length > 0 && judges.some((judge) => trust.get(judge) === true)
        ? `independent judges disagree on ${words.share(signal, 'transcripts')}, and ${words.judges(bad)} is known to err elsewhere, while the other is not`
        : null;
    },
  },
  {
    id: 'judges-divided',
    faults: ['ambiguity', 'judge'],
    signal: 'judges-disagree',
    when: 'two judges disagree, and nothing says which can be believed',
    because: ({ judges: { judges } }, signal, words) =>
      `independent judges disagree on ${words.share(signal, 'transcripts')}; with ${count(judges.length, 'judge')}${words.families(judges)} and too few labels or marks nobody can say whose fault that is`,
  },
  {
    id: 'several-cannot-tell',
    faults: ['ambiguity'],
    signal: 'abstains',
    when: 'two judges or more say several times that they cannot tell',
    because: ({ judges: { abstaining } }, signal, words) =>
      abstaining.length < 2
        ? null
        : `a judge cannot tell in ${words.share(signal, 'transcripts')}, ${words.judges(abstaining)} alike`,
  },
  {
    id: 'one-cannot-tell',
    faults: ['judge'],
    signal: 'abstains',
    when: 'of several judges one says that it cannot tell',
    because: ({ judges: { abstaining, judges } }, signal, words) =>
      judges.length < 2
        ? null
        : `a judge cannot tell in ${words.share(signal, 'transcripts')}: ${words.judges(abstaining)}, while ${judges.length === 2 ? 'the other decides' : 'others decide'}`,
  },
  {
    id: 'only-judge-cannot-tell',
    faults: ['ambiguity', 'judge'],
    signal: 'abstains',
    when: 'the only judge says that it cannot tell',
    because: (_, signal, words) =>
      `the only judge cannot tell in ${words.share(signal, 'transcripts')}`,
  },
  {
    id: 'people-against-judges',
    faults: ['judge'],
    signal: 'people-against-judges',
    when: 'people say otherwise than the judges, and not otherwise than one another',
    because: (_, signal, words) =>
      `people say otherwise than the judges on ${words.share(signal, 'labelled transcripts')}`,
  },
  {
    id: 'unsupported',
    faults: ['judge'],
    signal: 'unsupported',
    when: 'judges claim violations without words that stand in the transcript',
    because: (_, signal, words) =>
      `judges claim violations without words that hold in ${words.share(signal, 'transcripts')}`,
  },
];
