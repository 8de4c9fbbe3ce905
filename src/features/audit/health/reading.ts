/**
 * @module features/audit/health/reading
 * What is known of one clause beyond its signals: whatever decides between one fault and another.
 */

import { examplesOf, repliesOf } from '../../../spec/index.ts';
import { fisherExact } from '../../../stats/index.ts';
import { deflated } from './contrast.ts';
import type { HealthEvidence, KnownCase } from './evidence.ts';
import type { Signal } from './signal.ts';
import { decisionsOf, isDivided } from './signals/judges.ts';
import { type MarkCalls, markCalls } from './signals/marks.ts';
import { peopleDisagree, peopleSay } from './signals/people.ts';
import {
  type Steadiness,
  type SubjectTrial,
  steadinessOf,
  strongSubjects,
} from './signals/subjects.ts';
import { type Trust, trustOf } from './trust.ts';

/** How the judges of a clause stand to one another. */
export interface JudgeReading {
  /** Judges that decided on its transcripts. */
  judges: number[];
  /** Transcripts on which they are divided. */
  divided: number;
  /** The judge that stands alone against at least two others in most of these; null where none does. */
  alone: { judge: number; times: number } | null;
  /** Of the divided transcripts that people labelled: with whom they sided, of two judges or more. */
  people: { labelled: number; sides: Map<number, number>; divided: number };
  /** Elsewhere. */
  trust: Map<number, Trust>;
  /** Who says that it can't tell. */
  abstaining: number[];
}

/** How the subjects of a clause stand to one another. */
export interface SubjectReading {
  /** With enough transcripts to be compared, and their violations. */
  subjects: { subject: number; hits: number; trials: number }[];
  /** Those that stand out for violating it. */
  failing: number[];
  /** Those that keep it, and keep it more than chance explains; empty where no such line can be drawn. */
  keeping: number[];
  strong: number[];
  steadiness: Steadiness;
}

export interface Reading {
  clause: number;
  signals: Signal[];
  judges: JudgeReading;
  subjects: SubjectReading;
  good: MarkCalls | undefined;
  bad: MarkCalls | undefined;
  /** Marked replies that the clause prints. */
  printed: { good: number; bad: number };
  /** Whether two judges or more were held against each other here, and no signal came of it. */
  judgesAgree: boolean;
}

/** The share of the divided transcripts in which one judge must stand alone to be the one at fault. */
const ALONE = 2 / 3;
const FEWEST_DIVIDED = 4;

/** Transcripts of a subject under a clause, fewer of which are not compared with another subject's. */
const FEWEST_TRIALS = 4;

/** Reads clauses one by one; what all of them share is worked out once. */
export function readings(
  evidence: HealthEvidence,
  signals: readonly Signal[],
  trials: readonly SubjectTrial[],
): (clause: number) => Reading {
  const cases = Map.groupBy(evidence.cases, ({ clause }) => clause);
  const trialsOf = Map.groupBy(trials, ({ clause }) => clause);
  const signalsOf = Map.groupBy(signals, ({ clause }) => clause);
  const trust = trustOf(evidence);
  const strong = strongSubjects(trials, evidence.clauses.length);
  const good = markCalls(evidence, 'good-fails');
  const bad = markCalls(evidence, 'bad-passes');
  return (clause) => {
    const own = signalsOf.get(clause) ?? [];
    const judges = judgeReading(clause, cases.get(clause) ?? [], trust);
    const compared = (cases.get(clause) ?? []).filter((one) => isDivided(one) !== null).length;
    return {
      clause,
      signals: own,
      judges,
      subjects: subjectReading(own, trialsOf.get(clause) ?? [], strong(clause)),
      good: good.get(clause),
      bad: bad.get(clause),
      printed: printedReplies(evidence, clause),
      judgesAgree:
        compared >= FEWEST_TRIALS &&
        !own.some(({ code }) => code === 'judges-disagree' || code === 'people-disagree'),
    };
  };
}

function judgeReading(
  clause: number,
  cases: readonly KnownCase[],
  trust: (judge: number, clause: number) => Trust,
): JudgeReading {
  const judges = new Set<number>();
  const alone = new Map<number, number>();
  const people: JudgeReading['people'] = { labelled: 0, sides: new Map(), divided: 0 };
  const abstaining = new Map<number, number>();
  let divided = 0;
  for (const one of cases) {
    const decisions = decisionsOf(one);
    for (const judge of decisions.keys()) judges.add(judge);
    for (const [judge, { outcome, cause }] of one.votes) {
      if (outcome === 'cannot_judge' && cause === 'judge') add(abstaining, judge);
    }
    if (isDivided(one) !== true) continue;
    divided++;
    const odd = oddOneOut(decisions);
    if (odd !== null) add(alone, odd);
    if (peopleDisagree(one) === true) people.divided++;
    const said = peopleSay(one);
    if (said === null) continue;
    people.labelled++;
    for (const [judge, decision] of decisions) if (decision === said) add(people.sides, judge);
  }
  const [most] = [...alone].toSorted(([, a], [, b]) => b - a);
  const isAlone = most !== undefined && divided >= FEWEST_DIVIDED && most[1] >= ALONE * divided;
  return {
    judges: [...judges],
    divided,
    alone: isAlone ? { judge: most[0], times: most[1] } : null,
    people,
    trust: new Map([...judges].map((judge) => [judge, trust(judge, clause)])),
    abstaining: [...abstaining].flatMap(([judge, times]) => (times > 1 ? [judge] : [])),
  };
}

function add(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The judge that says one thing where at least two others all say another. */
function oddOneOut(decisions: ReadonlyMap<number, string>): number | null {
  if (decisions.size < 3) return null;
  const groups = [...Map.groupBy(decisions, ([, outcome]) => outcome).values()];
  const single = groups.find(({ length }) => length === 1);
  return groups.length === 2 && single !== undefined ? (single[0]?.[0] ?? null) : null;
}

function subjectReading(
  signals: readonly Signal[],
  trials: readonly SubjectTrial[],
  strong: readonly number[],
): SubjectReading {
  const subjects = [...Map.groupBy(trials, ({ subject }) => subject)]
    .map(([subject, own]) => ({
      subject,
      hits: own.filter(({ hit }) => hit).length,
      trials: own.length,
    }))
    .filter(({ trials: of }) => of >= FEWEST_TRIALS);
  const violated = signals.filter(({ code }) => code === 'violated');
  const failing = violated.flatMap(({ subject }) => subject ?? []);
  const others = subjects.filter(({ subject }) => !failing.includes(subject));
  const designEffect = Math.max(1, ...violated.map(({ contrast }) => contrast.designEffect));
  const sum = (rows: typeof subjects): { hits: number; trials: number } => {
    const hits = rows.reduce((total, row) => total + row.hits, 0);
    const all = rows.reduce((total, row) => total + row.trials, 0);
    return deflated(hits, Math.max(1, all), designEffect);
  };
  const bad = sum(subjects.filter(({ subject }) => failing.includes(subject)));
  const good = sum(others);
  const isApart =
    failing.length > 0 &&
    others.length > 0 &&
    fisherExact(bad.hits, bad.trials, good.hits, good.trials) <= 0.05;
  return {
    subjects,
    failing,
    keeping: isApart ? others.map(({ subject }) => subject) : [],
    strong: [...strong],
    steadiness: steadinessOf(
      strong.length < 2 ? trials : trials.filter(({ subject }) => strong.includes(subject)),
    ),
  };
}

function printedReplies({ spec, clauses }: HealthEvidence, clause: number): Reading['printed'] {
  const id = clauses[clause]?.id;
  const section = spec.sections.find((one) => one.id === id);
  const replies = section === undefined ? [] : examplesOf(section).flatMap(repliesOf);
  const marked = (mark: string): number => replies.filter((reply) => reply.mark === mark).length;
  return { good: marked('good'), bad: marked('bad') };
}
