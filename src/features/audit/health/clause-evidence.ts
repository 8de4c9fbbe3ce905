/**
 * @module features/audit/health/clause-evidence
 * What is known of one clause beyond its signals: whatever decides between one fault and another.
 */
import { clauseAt } from '../../../run/plan.ts';
import { examplesOf, repliesOf } from '../../../spec/index.ts';
import { fisherExact } from '../../../stats/index.ts';
import { at } from '../../../text/at.ts';
import { type PairEvidence, type PairTable, pairEvidence } from './clause-pairs.ts';
import type { HealthEvidence, KnownCase, KnownModel } from './evidence.ts';
import { judgeReliability, type Reliability } from './judge-reliability.ts';
import { type KnownReplies, knownReplies } from './known-replies.ts';
import type { SubjectShare } from './messages.ts';
import { effectiveCounts } from './rate-contrast.ts';
import type { Signal } from './signals.ts';
import {
  type SelfAgreement,
  type SubjectTrial,
  selfAgreement,
  strongSubjects,
} from './subject-trials.ts';
import { abstains, decisionsOf, judgesDisagree, peopleDisagree, peopleSay } from './votes.ts';

/** How the judges of a clause, by their names, stand to one another. */
export interface JudgesEvidence {
  /** Those that decided on its transcripts. */
  judges: string[];
  /** Whether these are of one maker or of several; null where nobody knows. */
  families: 'one' | 'several' | null;
  /** Transcripts on which they are divided. */
  divided: number;
  /** The judge that stands alone against at least two others in most of these; null where none does. */
  alone: { judge: string; times: number } | null;
  /** Of the divided transcripts that people labelled: with whom they sided, of two judges or more. */
  people: { labelled: number; sides: Map<string, number>; divided: number };
  /** Which of them can be believed elsewhere. */
  reliable: Map<string, Reliability>;
  /** Who says that it can't tell. */
  abstaining: string[];
}

/** How the subjects of a clause, by their names, stand to one another. */
export interface SubjectsEvidence {
  /** With enough transcripts to be compared, and their violations. */
  subjects: SubjectShare[];
  /** Those that stand out for violating it. */
  failing: SubjectShare[];
  /** Those that keep it, and keep it more than chance explains; empty where no such line can be drawn. */
  keeping: SubjectShare[];
  /** Do all of two or more stand out for violating it? */
  allFail: boolean;
  agreement: SelfAgreement;
}

/** What rules are held against. */
export interface ClauseEvidence {
  signals: Signal[];
  judges: JudgesEvidence;
  /** Whether two judges or more were held against each other here, and no signal came of it. */
  judgesAgree: boolean;
  subjects: SubjectsEvidence;
  known: Record<'good-fails' | 'bad-passes', KnownReplies | undefined>;
  /** Marked replies that the clause prints. */
  printed: { good: number; bad: number };
  /** The pair of a `pulls-apart` signal. */
  pairOf: (signal: Signal) => (PairEvidence & { partner: string }) | null;
  subjectOf: (signal: Signal) => string;
  seedOf: (signal: Signal) => string;
}

/** The share of the divided transcripts in which one judge must stand alone to be the one at fault. */
const ALONE = 2 / 3;
const FEWEST_DIVIDED = 4;

/** Transcripts of a subject under a clause, fewer of which are not compared with another subject's. */
const FEWEST_TRIALS = 4;

/** Reads clauses one by one; what all of them share is worked out once. */
export function clauseEvidence(
  evidence: HealthEvidence,
  signals: readonly Signal[],
  trials: readonly SubjectTrial[],
  pairs: readonly PairTable[],
): (clause: number) => ClauseEvidence {
  const { clauses, subjects, clusters } = evidence;
  const cases = Map.groupBy(evidence.cases, ({ clause }) => clause);
  const trialsOf = Map.groupBy(trials, ({ clause }) => clause);
  const signalsOf = Map.groupBy(signals, ({ clause }) => clause);
  const reliability = judgeReliability(evidence);
  const strong = strongSubjects(trials, clauses.length);
  const good = knownReplies(evidence, 'good-fails');
  const bad = knownReplies(evidence, 'bad-passes');
  return (clause) => {
    // Where nothing stands out there is no entry.
    const own = signalsOf.get(clause) ?? [];
    // A clause may be known by its marked replies alone, without a case,
    const ownCases = cases.get(clause) ?? [];
    // or by cases of which none decides, without a trial.
    const ownTrials = trialsOf.get(clause) ?? [];
    const compared = ownCases.filter((one) => judgesDisagree(one) !== null).length;
    return {
      signals: own,
      judges: judgesEvidence(evidence, ownCases, (judge) => reliability(judge, clause)),
      judgesAgree:
        compared >= FEWEST_TRIALS &&
        !own.some(({ code }) => code === 'judges-disagree' || code === 'people-disagree'),
      subjects: subjectsEvidence(subjects, own, ownTrials, strong(clause)),
      known: { 'good-fails': good.get(clause), 'bad-passes': bad.get(clause) },
      printed: printedReplies(evidence, clause),
      pairOf: ({ partner = -1 }) => {
        const table = pairs.find(({ first, second }) => first === partner && second === clause);
        if (table === undefined) return null;
        return { partner: clauseAt(evidence, partner).id, ...pairEvidence(evidence, table) };
      },
      subjectOf: ({ subject = -1 }) => at(subjects, subject).name,
      seedOf: ({ contrast }) => at(clusters, contrast.seed.cluster),
    };
  };
}

function judgesEvidence(
  { judges: models }: HealthEvidence,
  cases: readonly KnownCase[],
  reliability: (judge: number) => Reliability,
): JudgesEvidence {
  const nameOf = (judge: number): string => at(models, judge).name;
  const judges = new Set<number>();
  const alone = new Map<string, number>();
  const people: JudgesEvidence['people'] = { labelled: 0, sides: new Map(), divided: 0 };
  const abstaining = new Map<string, number>();
  let divided = 0;
  for (const one of cases) {
    const decisions = decisionsOf(one);
    for (const judge of decisions.keys()) judges.add(judge);
    for (const [judge, vote] of one.votes) if (abstains(vote)) add(abstaining, nameOf(judge));
    if (judgesDisagree(one) !== true) continue;
    divided++;
    const odd = oddOneOut(decisions);
    if (odd !== null) add(alone, nameOf(odd));
    if (peopleDisagree(one) === true) people.divided++;
    const said = peopleSay(one);
    if (said === null) continue;
    people.labelled++;
    for (const [judge, decision] of decisions) {
      if (decision === said) add(people.sides, nameOf(judge));
    }
  }
  const [most] = [...alone].toSorted(([, a], [, b]) => b - a);
  const isAlone = most !== undefined && divided >= FEWEST_DIVIDED && most[1] >= ALONE * divided;
  const families = [...judges].map((judge) => at(models, judge).family);
  return {
    judges: [...judges].map(nameOf),
    families: families.includes(null) ? null : new Set(families).size > 1 ? 'several' : 'one',
    divided,
    alone: isAlone ? { judge: most[0], times: most[1] } : null,
    people,
    reliable: new Map([...judges].map((judge) => [nameOf(judge), reliability(judge)])),
    abstaining: [...abstaining].flatMap(([judge, times]) => (times > 1 ? [judge] : [])),
  };
}

function add(counts: Map<string, number>, key: string): void {
  // What was not met yet has no count.
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The judge that says one thing where at least two others all say another. */
function oddOneOut(decisions: ReadonlyMap<number, string>): number | null {
  if (decisions.size < 3) return null;
  const groups = [...Map.groupBy(decisions, ([, outcome]) => outcome).values()];
  const single = groups.find(({ length }) => length === 1);
  return groups.length === 2 && single !== undefined ? (single[0]?.[0] ?? null) : null;
}

function subjectsEvidence(
  models: readonly KnownModel[],
  signals: readonly Signal[],
  trials: readonly SubjectTrial[],
  strong: readonly number[],
): SubjectsEvidence {
  const violated = signals.filter(({ code }) => code === 'violated');
  const failing = violated.map(({ subject }) => subject).filter((subject) => subject !== undefined);
  const rows = [...Map.groupBy(trials, ({ subject }) => subject)]
    .map(([index, own]) => ({
      index,
      subject: at(models, index).name,
      hits: own.filter(({ hit }) => hit).length,
      trials: own.length,
    }))
    .filter((row) => row.trials >= FEWEST_TRIALS);
  const shares = (of: typeof rows): SubjectShare[] =>
    of.map(({ subject, hits, trials: all }) => ({ subject, hits, trials: all }));
  const designEffect = Math.max(1, ...violated.map(({ contrast }) => contrast.designEffect));
  const sum = (of: typeof rows): { hits: number; trials: number } => {
    const hits = of.reduce((total, row) => total + row.hits, 0);
    const all = of.reduce((total, row) => total + row.trials, 0);
    return effectiveCounts(hits, Math.max(1, all), designEffect);
  };
  // One with few transcripts here is not compared.
  const breakers = failing.flatMap((subject) => rows.find(({ index }) => index === subject) ?? []);
  const others = rows.filter(({ index }) => !failing.includes(index));
  const [bad, good] = [sum(breakers), sum(others)];
  const isApart =
    failing.length > 0 &&
    others.length > 0 &&
    fisherExact(bad.hits, bad.trials, good.hits, good.trials) <= 0.05;
  return {
    subjects: shares(rows),
    failing: shares(breakers),
    keeping: isApart ? shares(others) : [],
    allFail: failing.length > 1 && others.length === 0,
    agreement: selfAgreement(
      strong.length < 2 ? trials : trials.filter(({ subject }) => strong.includes(subject)),
    ),
  };
}

function printedReplies(
  { spec, clauses }: HealthEvidence,
  clause: number,
): ClauseEvidence['printed'] {
  const { id } = clauseAt({ clauses }, clause);
  const section = spec.sections.find((one) => one.id === id);
  const replies = section === undefined ? [] : examplesOf(section).flatMap(repliesOf);
  const marked = (mark: string): number => replies.filter((reply) => reply.mark === mark).length;
  return { good: marked('good'), bad: marked('bad') };
}
