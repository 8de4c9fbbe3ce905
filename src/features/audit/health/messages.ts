/** @module features/audit/health/messages The sentences of a spec's health: signals, why a fault is told, what comes next. */
import { count } from '../../../text/numbers.ts';
import { type Coded, type Sentences, sentence } from '../../../text/sentences.ts';
import { listed, type Part, partsOf, type Words, words } from '../../../text/words.ts';
import type { PairEvidence } from './clause-pairs.ts';

const NAMES_SHOWN = 4;
const CLAUSES_SHOWN = 5;

/** What is tested of a clause. */
export const SIGNALS = {
  'judges-disagree': 'independent judges disagree on the same transcripts',
  'one-scenario': 'judges disagree on one scenario far oftener than on the others',
  abstains: 'judges say that they cannot tell',
  unsupported: 'judges claim violations without words that hold',
  'not-applicable': 'judges say that the clause does not apply',
  'people-disagree': 'people disagree on the same transcripts',
  'people-against-judges': 'people say otherwise than the judges',
  violated: 'a subject violates it more than other clauses',
  'subjects-differ': 'strong subjects differ on the same questions',
  'good-fails': 'replies known to keep it are called violations',
  'bad-passes': 'replies known to break it pass',
  'pulls-apart': 'keeping it goes with breaking another clause',
} as const;

export type SignalCode = keyof typeof SIGNALS;

/** Shares of whatever a signal counts, here and under all other clauses: part of what every rule says. */
export interface Share {
  hits: number;
  trials: number;
  elsewhere: { hits: number; trials: number };
}

type Families = 'one' | 'several' | null;
type Alone = { judge: string; times: number; divided: number };
type Judges = { judges: string[]; families: Families };
export type SubjectShare = { subject: string; hits: number; trials: number };
type Repeats = { hits: number; trials: number };
type Pair = PairEvidence & { partner: string };

const clause = (id: string): Part => ({ clause: id });
const models = (names: readonly string[]): Part[] =>
  listed(
    names.map((model) => [{ model }]),
    NAMES_SHOWN,
  );

/** `9 of 21 transcripts (elsewhere 12 of 310)`. */
function share({ hits, trials, elsewhere }: Share, what: string): string {
  return `${hits} of ${trials} ${what} (elsewhere ${elsewhere.hits} of ${elsewhere.trials})`;
}

const disagree = (data: Share): string =>
  `independent judges disagree on ${share(data, 'transcripts')}`;

const families = (known: Families): string =>
  known === null ? '' : known === 'several' ? ', of different families,' : ', of one family,';

const pairCounts = ({ first, second, both, onlyFirst, onlySecond, transcripts }: Pair): Part[] =>
  words`${both} of ${transcripts} transcripts keep both, ${onlyFirst} only ${clause(first)}, ${onlySecond} only ${clause(second)}`;

const subjectCounts = (rows: readonly SubjectShare[]): Part[] =>
  rows.flatMap(({ subject, hits, trials }, index) => [
    index === 0 ? '' : ' and ',
    ...words`${{ model: subject }} in ${hits} of ${trials}`,
  ]);

const goodFails = (data: Share): string =>
  `replies known to keep it are called violations in ${share(data, 'judgements')}`;
const badPasses = (data: Share): string =>
  `replies known to break it are passed in ${share(data, 'judgements')}`;
const several = (item: string, judges: readonly string[]): string =>
  `reply ${item} by ${count(judges.length, 'judge')} alike`;
const one = (judge: string, others: number): Part[] =>
  words`all of them by ${{ model: judge }}, while ${others === 1 ? 'the other judge follows' : `${others} others follow`} the marks`;
const NO_REPLY_ALIKE = 'on no reply did two measured judges err alike';

const allViolate = (data: Share & { subject: string }): Part[] =>
  words`all subjects violate it, ${share(data, 'transcripts')} by ${{ model: data.subject }}`;

/** Why a clause's signal is told as its rule says, as half a sentence after "because". */
export const BECAUSE = {
  'pair-same-level': (data: Share & Pair) =>
    words`it and ${clause(data.partner)} stand on one level and pull apart: ${pairCounts(data)}`,
  'pair-order-unsaid': (data: Share & Pair) =>
    words`it pulls apart from ${clause(data.partner)} (${pairCounts(data)}); the higher clause wins, as its level says, but ${clause(data.lower)} neither names it nor shows it`,
  'pair-order-turned': (data: Share & Pair) =>
    words`where it pulls apart from ${clause(data.partner)} the lower clause wins against the order of the levels: ${pairCounts(data)}`,
  'pair-no-winner': (data: Share & Pair) =>
    words`it pulls apart from ${clause(data.partner)}, which is of another level, and neither wins: ${pairCounts(data)}`,
  'good-fails-several': (data: Share & { item: string; judges: string[] }) =>
    `${goodFails(data)}, ${several(data.item, data.judges)}`,
  'good-fails-one': (data: Share & { judge: string; others: number }) =>
    words`${goodFails(data)}, ${one(data.judge, data.others)}`,
  'good-fails-unknown': (data: Share) => `${goodFails(data)}, and ${NO_REPLY_ALIKE}`,
  'bad-passes-several': (data: Share & { item: string; judges: string[] }) =>
    `${badPasses(data)}, ${several(data.item, data.judges)}`,
  'bad-passes-one': (data: Share & { judge: string; others: number }) =>
    words`${badPasses(data)}, ${one(data.judge, data.others)}`,
  'bad-passes-unknown': (data: Share) => `${badPasses(data)}, and ${NO_REPLY_ALIKE}`,
  'people-divided': (data: Share) =>
    `people disagree on ${share(data, 'transcripts')} that several of them labelled`,
  'judges-divided-people-too': (data: Share & { labelled: number }) =>
    `${disagree(data)}, and people who labelled ${data.labelled} of these side now with one and now with another`,
  'judges-divided-people-decide': (data: Share & { labelled: number; deserted: string[] }) =>
    words`${disagree(data)}, and of ${data.labelled} of these that people labelled they side against ${models(data.deserted)} nearly always`,
  'judge-alone': (data: Share & Alone) =>
    words`${disagree(data)}, and in ${data.times} of ${data.divided} of these ${{ model: data.judge }} stands alone against all others`,
  'judge-alone-but-good': (data: Share & Alone) =>
    words`${disagree(data)}; in ${data.times} of ${data.divided} of these ${{ model: data.judge }} stands alone, but it agrees with people or marks elsewhere`,
  'judges-divided-all-ways': (data: Share & Judges) =>
    `${disagree(data)}, and of ${data.judges.length} judges${families(data.families)} none stands alone`,
  'judges-divided-both-good': (data: Share & Judges) =>
    `${disagree(data)}, and both${families(data.families)} agree with people or marks elsewhere`,
  'judges-divided-one-good': (data: Share & { erring: string[] }) =>
    words`${disagree(data)}, and ${models(data.erring)} is known to err elsewhere, while the other is not`,
  'judges-divided': (data: Share & Judges) =>
    `${disagree(data)}; with ${count(data.judges.length, 'judge')}${families(data.families)} and too few labels or marks nobody can say whose fault that is`,
  'several-cannot-tell': (data: Share & { abstaining: string[] }) =>
    words`a judge cannot tell in ${share(data, 'transcripts')}, ${models(data.abstaining)} alike`,
  'one-cannot-tell': (data: Share & { abstaining: string[]; judges: string[] }) =>
    words`a judge cannot tell in ${share(data, 'transcripts')}: ${models(data.abstaining)}, while ${data.judges.length === 2 ? 'the other decides' : 'others decide'}`,
  'only-judge-cannot-tell': (data: Share) =>
    `the only judge cannot tell in ${share(data, 'transcripts')}`,
  'people-against-judges': (data: Share) =>
    `people say otherwise than the judges on ${share(data, 'labelled transcripts')}`,
  unsupported: (data: Share) =>
    `judges claim violations without words that hold in ${share(data, 'transcripts')}`,
  'subject-alone': (data: Share & { failing: SubjectShare[]; keeping: SubjectShare[] }) =>
    words`it is violated by ${subjectCounts(data.failing)} transcripts, by ${subjectCounts(data.keeping)}`,
  'all-fail-shown': (data: Share & { subject: string }) =>
    words`${allViolate(data)}, judges agree that they do, and its own examples show what is asked`,
  'all-fail-not-shown': (data: Share & { subject: string; good: number; bad: number }) =>
    words`${allViolate(data)}, judges agree that they do, and its text prints ${count(data.good, 'good reply', 'good replies')} and ${count(data.bad, 'bad one', 'bad ones')}`,
  'all-fail': (data: Share & { subject: string }) =>
    words`${allViolate(data)}, and whether judges read it alike is not known`,
  'subjects-differ-by-chance': (data: Share & { repeats: Repeats }) =>
    `strong subjects differ on ${share(data, 'questions')}, but one subject asked twice differs from itself as often (${data.repeats.hits} of ${data.repeats.trials})`,
  'subjects-differ-steadily': (data: Share & { repeats: Repeats }) =>
    `strong subjects differ on ${share(data, 'questions')}, each agrees with itself (other in ${data.repeats.hits} of ${data.repeats.trials} repeats), and judges agree on what they see: the text does not lead to it`,
  'subjects-differ-one-judge': (data: Share) =>
    `strong subjects differ on ${share(data, 'questions')}, each agrees with itself, and whether judges read it alike is not known`,
  'subjects-differ': (data: Share & { repeats: Repeats }) =>
    `strong subjects differ on ${share(data, 'questions')}; ${data.repeats.trials === 0 ? 'nothing was asked twice' : `only ${data.repeats.trials} repeats`}, so this may be chance in each of them`,
  'one-subject': (data: Share & { failing: string[] }) =>
    words`${models(data.failing)} violates it in ${share(data, 'transcripts')}, and no other subject is known to keep it`,
  'one-scenario': (data: Share & { seeds: number; seed: string }) =>
    `judges disagree on ${data.hits} of ${data.trials} transcripts of the seed ${data.seed}, and on ${data.elsewhere.hits} of ${data.elsewhere.trials} of the clause's other ${data.seeds - 1}`,
  'not-applicable': (data: Share) =>
    `judges say that it does not apply to ${share(data, 'transcripts')}`,
} satisfies Sentences;

export type RuleCode = keyof typeof BECAUSE;

/** Why a clause is told as it is: a rule, and the data of its sentence, which hold what its signal counts. */
export interface Because {
  code: RuleCode;
  data: Record<string, unknown>;
}

const FROM_ONE_SEED = {
  'one-seed': ({ hits, cases, seeds, seed }: OneSeed) =>
    `${hits} of ${count(cases, 'such case')} come from one of ${seeds} seeds, ${seed}: `,
  'few-seeds': ({ seeds, seed }: OneSeed) =>
    `; all of that comes from one seed, ${seed}, of ${seeds === 1 ? 'one' : seeds}`,
} satisfies Sentences;

/** Hits of the scenario seed that has most of them, of all hits of the clause. */
interface OneSeed {
  seed: string;
  hits: number;
  cases: number;
  seeds: number;
}

/** That a scenario may be behind it: in place of what the rule says, or beside it. */
export interface FromOneSeed {
  code: keyof typeof FROM_ONE_SEED;
  data: Record<string, unknown>;
}

/** Why a fault is told, as half a sentence after "because". */
export function becauseWords(because: Because, scenario: FromOneSeed | null): readonly Part[] {
  const own = partsOf(sentence(BECAUSE, because));
  if (scenario === null) return own;
  const about = partsOf(sentence(FROM_ONE_SEED, scenario));
  return scenario.code === 'one-seed' ? [...about, ...own] : [...own, ...about];
}

type Placeholder = { placeholder: string };
type Clauses = { clauses: string[] };

const named = ({ clauses }: Clauses): Part[] =>
  listed(
    clauses.map((id) => [clause(id)]),
    CLAUSES_SHOWN,
  );

export const STEPS = {
  // What settles what the evidence leaves open.
  'write-scenarios': () =>
    'More scenarios decide: write some of other situations into a suite file.',
  'calibrate-another-judge': ({ placeholder }: Placeholder) =>
    `Another judge on the same marked replies decides: put its name for ${placeholder}.`,
  'ask-another-subject': ({ placeholder }: Placeholder) =>
    `Another subject decides: put its name for ${placeholder}.`,
  'repeat-samples': () => 'Repeats decide: does each subject agree with itself?',
  'label-disagreements': () => 'People decide: label transcripts on which judges disagree.',
  'add-judge': ({ placeholder }: Placeholder) =>
    `A second judge decides: put one of another family for ${placeholder}.`,
  // What comes next where the evidence decides.
  'change-words-or-mark': () =>
    'Read the reply beside the clause and change the words or the mark; then measure the judges again.',
  'say-which-gives-way': () => 'Say in one of the two which gives way, and when; then ask again.',
  'say-which-reading': () =>
    'Say which reading is meant. People who label show which readings there are.',
  'print-examples': () =>
    'Print a reply marked good and one marked bad for such a situation; then ask again.',
  'mend-scenarios': () =>
    'Read what is asked, mend or drop it, and write scenarios of other situations.',
  'judge-by-another': ({ placeholder }: Placeholder) =>
    `Judge the same transcripts by another one: put its name for ${placeholder}.`,
  'read-transcript': () => 'The clause says what it asks: read what was done instead.',
  // What would let more be told.
  'first-audit': () =>
    'An audit makes the first evidence; with two subjects or more and two judges or more (--subject and --judge, given again) it tells most.',
  'never-tested': (data: Clauses) =>
    words`${count(data.clauses.length, 'clause was', 'clauses were')} never tested: ${named(data)}. Ask about them; where the spec holds no scenario of a clause, write rows for a suite file.`,
  'too-few-transcripts': (data: Clauses) =>
    words`${count(data.clauses.length, 'clause has', 'clauses have')} too few transcripts to tell much: ${named(data)}. More scenarios (a suite file) help most, then repeats.`,
  'one-judge': ({ placeholder }: Placeholder) =>
    `There is one judge only, so nobody can say where judges disagree. Put another's name for ${placeholder}.`,
  'one-subject': ({ placeholder }: Placeholder) =>
    `There is one subject only, so what it violates may be its own fault or the text's. Put another's name for ${placeholder}.`,
  'no-judge-measured': () =>
    'No judge was measured on this text, so nothing is known of its own marked replies.',
} satisfies Sentences;

export type StepCode = keyof typeof STEPS;

/** What a reader can do next, as data. */
export type StepSaid = Coded<typeof STEPS>;

/** A step in words. */
export function stepWords(step: { code: StepCode; data: object }): Words {
  return sentence(STEPS, step);
}
