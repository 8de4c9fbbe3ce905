/**
 * @module features/audit/health/decision-table
 * The rules in their order: the first one that holds for a clause is what it is told as.
 */
import type { ClauseEvidence } from './clause-evidence.ts';
import type { KnownError } from './known-replies.ts';
import type { RuleCode } from './messages.ts';
import type { Rule } from './rule.ts';
import type { Signal } from './signals.ts';

/** People's labels on divided transcripts, fewer of which don't show whom they side with. */
const FEWEST_LABELS = 4;

/** The share of those labels with which a judge that people side with agrees at least. */
const SIDED = 0.75;

/** The share of those labels with which a judge that they side against agrees at most. */
const DESERTED = 1 / 3;

const RULES: { [Code in RuleCode]: Omit<Rule<Code>, 'code'> } = {
  'pair-same-level': {
    signal: 'pulls-apart',
    when: 'keeping one clause goes with breaking another of the same level',
    faults: ['contradiction'],
    next: 'say-which-gives-way',
    holds: pairThat(({ sameLevel }) => sameLevel),
  },
  'pair-order-unsaid': {
    signal: 'pulls-apart',
    when: 'the clauses are of different levels, the higher one wins, and the lower one does not name it',
    faults: ['missing example'],
    next: 'print-examples',
    holds: pairThat(({ wins, givesWay }) => wins === 'higher' && !givesWay),
  },
  'pair-order-turned': {
    signal: 'pulls-apart',
    when: 'the clauses are of different levels, and the lower one wins',
    faults: ['model'],
    next: 'read-transcript',
    holds: pairThat(({ wins }) => wins === 'lower'),
  },
  'pair-no-winner': {
    signal: 'pulls-apart',
    when: 'the clauses are of different levels, and neither wins',
    faults: ['missing example', 'model'],
    next: 'another-subject-or-repeats',
    holds: pairThat(({ sameLevel, wins }) => !sameLevel && wins === null),
  },
  'good-fails-several': {
    signal: 'good-fails',
    when: 'replies known to keep it are called violations, one of them by two judges or more',
    faults: ['contradiction'],
    next: 'change-words-or-mark',
    holds: severalErrOn('good-fails'),
  },
  'good-fails-one': {
    signal: 'good-fails',
    when: 'replies known to keep it are called violations by one of several measured judges alone',
    faults: ['judge'],
    next: 'judge-by-another',
    holds: oneErrsOn('good-fails'),
  },
  'good-fails-unknown': {
    signal: 'good-fails',
    when: 'replies known to keep it are called violations, by the only judge that was measured or by each on other replies',
    faults: ['contradiction', 'judge'],
    next: 'calibrate-another-judge',
    holds: always,
  },
  'bad-passes-several': {
    signal: 'bad-passes',
    when: 'replies known to break it are passed, one of them by two judges or more',
    faults: ['ambiguity'],
    next: 'say-which-reading',
    holds: severalErrOn('bad-passes'),
  },
  'bad-passes-one': {
    signal: 'bad-passes',
    when: 'replies known to break it are passed by one of several measured judges alone',
    faults: ['judge'],
    next: 'judge-by-another',
    holds: oneErrsOn('bad-passes'),
  },
  'bad-passes-unknown': {
    signal: 'bad-passes',
    when: 'replies known to break it are passed, by the only judge that was measured or by each on other replies',
    faults: ['ambiguity', 'judge'],
    next: 'calibrate-another-judge',
    holds: always,
  },
  'people-divided': {
    signal: 'people-disagree',
    when: 'people disagree with one another',
    faults: ['ambiguity'],
    next: 'say-which-reading',
    holds: always,
  },
  'judges-divided-people-too': {
    signal: 'judges-disagree',
    when: 'judges disagree, and people side now with one, now with another, or are divided themselves',
    faults: ['ambiguity'],
    next: 'say-which-reading',
    holds: ({ judges: { people } }) => {
      const labelled = people.labelled + people.divided;
      if (labelled < FEWEST_LABELS) return null;
      const best = Math.max(0, ...people.sides.values());
      return people.divided < 2 && best >= SIDED * people.labelled ? null : { labelled };
    },
  },
  'judges-divided-people-decide': {
    signal: 'judges-disagree',
    when: 'judges disagree, and people side with one against another',
    faults: ['judge'],
    next: 'judge-by-another',
    holds: ({ judges: { people, judges } }) => {
      const { labelled, sides } = people;
      if (labelled < FEWEST_LABELS) return null;
      // A judge that people never side with has no entry.
      const share = (judge: string): number => (sides.get(judge) ?? 0) / labelled;
      const deserted = judges.filter((judge) => share(judge) <= DESERTED);
      const isSided = judges.some((judge) => share(judge) >= SIDED);
      return deserted.length > 0 && isSided ? { labelled, deserted } : null;
    },
  },
  'judge-alone': {
    signal: 'judges-disagree',
    when: 'of three judges or more one stands alone, and is not known to be good elsewhere',
    faults: ['judge'],
    next: 'judge-by-another',
    holds: ({ judges: { alone, divided, reliable } }) =>
      alone === null || reliable.get(alone.judge) === true ? null : { ...alone, divided },
  },
  'judge-alone-but-good': {
    signal: 'judges-disagree',
    when: 'of three judges or more one stands alone, and agrees with people or marks elsewhere',
    faults: ['ambiguity', 'judge'],
    next: 'label-disagreements',
    holds: ({ judges: { alone, divided } }) => (alone === null ? null : { ...alone, divided }),
  },
  'judges-divided-all-ways': {
    signal: 'judges-disagree',
    when: 'of three judges or more none stands alone',
    faults: ['ambiguity'],
    next: 'say-which-reading',
    holds: ({ judges: { judges, families } }) => (judges.length < 3 ? null : { judges, families }),
  },
  'judges-divided-both-good': {
    signal: 'judges-disagree',
    when: 'two judges disagree, and both agree with people or marks elsewhere',
    faults: ['ambiguity'],
    next: 'say-which-reading',
    holds: ({ judges: { judges, families, reliable } }) =>
      judges.every((judge) => reliable.get(judge) === true) ? { judges, families } : null,
  },
  'judges-divided-one-good': {
    signal: 'judges-disagree',
    when: 'two judges disagree, and elsewhere one agrees with people or marks and the other does not',
    faults: ['judge'],
    next: 'judge-by-another',
    holds: ({ judges: { judges, reliable } }) => {
      const erring = judges.filter((judge) => reliable.get(judge) === false);
      const isOneGood = judges.some((judge) => reliable.get(judge) === true);
      return erring.length > 0 && isOneGood ? { erring } : null;
    },
  },
  'judges-divided': {
    signal: 'judges-disagree',
    when: 'two judges disagree, and nothing says which can be believed',
    faults: ['ambiguity', 'judge'],
    next: 'label-disagreements',
    holds: ({ judges: { judges, families } }) => ({ judges, families }),
  },
  'several-cannot-tell': {
    signal: 'abstains',
    when: 'two judges or more say several times that they cannot tell',
    faults: ['ambiguity'],
    next: 'say-which-reading',
    holds: ({ judges: { abstaining } }) => (abstaining.length < 2 ? null : { abstaining }),
  },
  'one-cannot-tell': {
    signal: 'abstains',
    when: 'of several judges one says that it cannot tell',
    faults: ['judge'],
    next: 'judge-by-another',
    holds: ({ judges: { abstaining, judges } }) =>
      judges.length < 2 ? null : { abstaining, judges },
  },
  'only-judge-cannot-tell': {
    signal: 'abstains',
    when: 'the only judge says that it cannot tell',
    faults: ['ambiguity', 'judge'],
    next: 'label-disagreements',
    holds: always,
  },
  'people-against-judges': {
    signal: 'people-against-judges',
    when: 'people say otherwise than the judges, and not otherwise than one another',
    faults: ['judge'],
    next: 'judge-by-another',
    holds: always,
  },
  unsupported: {
    signal: 'unsupported',
    when: 'judges claim violations without words that stand in the transcript',
    faults: ['judge'],
    next: 'judge-by-another',
    holds: always,
  },
  'subject-alone': {
    signal: 'violated',
    when: 'a subject violates it while another keeps it',
    faults: ['model'],
    next: 'read-transcript',
    holds: ({ subjects: { failing, keeping } }) =>
      keeping.length === 0 ? null : { failing, keeping },
  },
  'all-fail-shown': {
    signal: 'violated',
    when: 'all subjects violate it, judges read it alike, and its text shows a good and a bad reply',
    faults: ['model'],
    next: 'read-transcript',
    holds: ({ subjects, judgesAgree, printed, subjectOf }, signal) =>
      subjects.allFail && judgesAgree && printed.good > 0 && printed.bad > 0
        ? { subject: subjectOf(signal) }
        : null,
  },
  'all-fail-not-shown': {
    signal: 'violated',
    when: 'all subjects violate it, judges read it alike, and its text shows no good or no bad reply',
    faults: ['missing example'],
    next: 'print-examples',
    holds: ({ subjects, judgesAgree, printed, subjectOf }, signal) =>
      subjects.allFail && judgesAgree ? { subject: subjectOf(signal), ...printed } : null,
  },
  'all-fail': {
    signal: 'violated',
    when: 'all subjects violate it, and no two judges were held against each other',
    faults: ['ambiguity', 'model'],
    next: 'add-judge',
    holds: ({ subjects, subjectOf }, signal) =>
      subjects.allFail ? { subject: subjectOf(signal) } : null,
  },
  'subjects-differ-by-chance': {
    signal: 'subjects-differ',
    when: 'strong subjects differ, and each differs as much from itself',
    faults: ['model'],
    next: 'read-transcript',
    holds: ({ subjects: { agreement } }) =>
      agreement.told === 'chance' ? { repeats: agreement.repeats } : null,
  },
  'subjects-differ-steadily': {
    signal: 'subjects-differ',
    when: 'strong subjects differ, each agrees with itself, and judges read the clause alike',
    faults: ['missing example'],
    next: 'print-examples',
    holds: ({ subjects: { agreement }, judgesAgree }) =>
      agreement.told === 'steady' && judgesAgree ? { repeats: agreement.repeats } : null,
  },
  'subjects-differ-one-judge': {
    signal: 'subjects-differ',
    when: 'strong subjects differ, each agrees with itself, and no two judges were held against each other',
    faults: ['ambiguity', 'missing example'],
    next: 'add-judge',
    holds: ({ subjects: { agreement } }) => (agreement.told === 'steady' ? {} : null),
  },
  'subjects-differ': {
    signal: 'subjects-differ',
    when: 'strong subjects differ, and there are too few repeats to say whether by chance',
    faults: ['missing example', 'model'],
    next: 'another-subject-or-repeats',
    holds: ({ subjects: { agreement } }) => ({ repeats: agreement.repeats }),
  },
  'one-subject': {
    signal: 'violated',
    when: 'a subject violates it, and no other keeps it',
    faults: ['missing example', 'model'],
    next: 'another-subject-or-repeats',
    holds: ({ subjects: { failing } }) => ({ failing: failing.map(({ subject }) => subject) }),
  },
  'one-scenario': {
    signal: 'one-scenario',
    when: 'of three scenario seeds or more, judges disagree on one at least five times as often as on the others',
    faults: ['scenario'],
    next: 'mend-scenarios',
    holds: ({ seedOf }, signal) => ({ seeds: signal.contrast.seeds, seed: seedOf(signal) }),
  },
  'not-applicable': {
    signal: 'not-applicable',
    when: 'judges say that the clause does not apply to what its scenarios put',
    faults: ['scenario'],
    next: 'mend-scenarios',
    holds: always,
  },
};

/** All rows, in order. */
export const DECISION_TABLE = Object.entries(RULES).map(([code, rule]) => ({
  code,
  ...rule,
})) as readonly Rule[];

/** Of a rule that reads a signal and nothing else. */
function always(): Record<never, never> {
  return {};
}

type Pair = NonNullable<ReturnType<ClauseEvidence['pairOf']>>;

function pairThat(test: (pair: Pair) => boolean) {
  return ({ pairOf }: ClauseEvidence, signal: Signal): Pair | null => {
    const pair = pairOf(signal);
    return pair !== null && test(pair) ? pair : null;
  };
}

/** A reply on which two judges or more err alike. */
function severalErrOn(error: KnownError) {
  return ({ known }: ClauseEvidence) =>
    known[error]?.items.find(({ judges }) => judges.length > 1) ?? null;
}

/** The one judge of several that errs. */
function oneErrsOn(error: KnownError) {
  return ({ known }: ClauseEvidence) => {
    const { judges = [], wrongJudges = [] } = known[error] ?? {};
    const [judge, another] = wrongJudges;
    const others = judges.length - 1;
    return judge !== undefined && another === undefined && others > 0 ? { judge, others } : null;
  };
}
