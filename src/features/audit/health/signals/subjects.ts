/**
 * @module features/audit/health/signals/subjects
 * Clauses that a subject violates more than others, and on which strong subjects go different ways.
 */
import { estimateRates, fisherExact } from '../../../../stats/index.ts';
import { contrasts, type Look } from '../contrast.ts';
import type { HealthEvidence, KnownCase, KnownTranscript } from '../evidence.ts';
import type { Question } from '../signal.ts';

/** A transcript that kept or broke a clause. */
export interface SubjectTrial extends Look {
  subject: number;
  question: string;
  repeat: number;
}

/**
 * A subject is strong under a clause where the lower end of its adherence on all other clauses is at least this:
 * a subject that fails everywhere says nothing of one clause.
 */
const STRONG = 0.75;

/** Every transcript under every clause on which the judges came to a decision; a hit is a violation. */
export function subjectTrials({ cases, transcripts }: HealthEvidence): SubjectTrial[] {
  const best = new Map<string, KnownCase>();
  for (const one of cases) {
    if (one.outcome !== 'adheres' && one.outcome !== 'violates') continue;
    // Judged with a rubric and without: the one that more judges looked at.
    const key = `${one.transcript} ${one.clause}`;
    const known = best.get(key);
    if (known === undefined || one.votes.size > known.votes.size) best.set(key, one);
  }
  return [...best.values()].map(({ clause, transcript, outcome }) => {
    const { subject, question, repeat, cluster } = transcripts[transcript] as KnownTranscript;
    return {
      clause,
      transcript,
      subject,
      question,
      repeat,
      cluster,
      hit: outcome === 'violates',
    };
  });
}

/** The subjects that are strong under each clause. */
export function strongSubjects(
  trials: readonly SubjectTrial[],
  clauseCount: number,
): (clause: number) => number[] {
  const tables = [...Map.groupBy(trials, ({ subject }) => subject)].map(([subject, own]) => ({
    subject,
    clauses: [...new Set(own.map(({ clause }) => clause))],
    rates: estimateRates(
      {
        outcomes: Uint8Array.from(own, ({ hit }) => (hit ? 0 : 1)),
        clauses: Int32Array.from(own, ({ clause }) => clause),
        clusters: Int32Array.from(own, ({ cluster }) => cluster),
      },
      clauseCount,
    ),
  }));
  return (clause) =>
    tables.flatMap(({ subject, clauses, rates }) => {
      const { low } = rates.ofClauses(clauses.filter((other) => other !== clause));
      return low !== null && low >= STRONG ? [subject] : [];
    });
}

/** The questions about what subjects do. */
export function subjectQuestions(
  { clauses }: HealthEvidence,
  trials: readonly SubjectTrial[],
): Question[] {
  const bySubject = Map.groupBy(trials, ({ subject }) => subject);
  const violated = [...bySubject].flatMap(([subject, own]) =>
    [...contrasts(own, clauses.length)].map(
      ([clause, contrast]): Question => ({
        code: 'violated',
        clause,
        contrast,
        subject,
        leastShare: 0.3,
      }),
    ),
  );
  if (bySubject.size < 2) return violated;
  const strongOf = strongSubjects(trials, clauses.length);
  const differ = [...Map.groupBy(trials, ({ clause }) => clause)].flatMap(([clause, own]) => {
    const strong = new Set(strongOf(clause));
    return strong.size < 2 ? [] : matched(own.filter(({ subject }) => strong.has(subject)));
  });
  return [
    ...violated,
    ...[...contrasts(differ, clauses.length)].map(
      ([clause, contrast]): Question => ({
        code: 'subjects-differ',
        clause,
        contrast,
        leastShare: 0.15,
      }),
    ),
  ];
}

/** One look for each question and repeat that two subjects or more were judged on: do they differ? */
function matched(trials: readonly SubjectTrial[]): Look[] {
  const groups = Map.groupBy(trials, ({ question, repeat }) => `${question} ${repeat}`);
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined || new Set(own.map(({ subject }) => subject)).size < 2) return [];
    const broken = own.find(({ hit }) => hit);
    return [
      {
        clause: first.clause,
        cluster: first.cluster,
        hit: broken !== undefined && own.some(({ hit }) => !hit),
        transcript: (broken ?? first).transcript,
      },
    ];
  });
}

/** Whether subjects differ from one another more than each does from itself. */
export interface Steadiness {
  /** Questions and repeats on which two subjects or more were judged, and those on which they differ. */
  between: { hits: number; trials: number };
  /** Two repeats of one question by one subject, and those that ended otherwise. */
  within: { hits: number; trials: number };
  /** `steady`: each goes its own way; `chance`: each goes both ways; null: too few repeats to tell. */
  told: 'steady' | 'chance' | null;
}

const REPEATED_LEAST = 8;

/**
 * Holds the disagreement between subjects against that within them. Where each subject is drawn by chance, both are
 * alike; where each reads the clause its own way, it agrees with itself.
 */
export function steadinessOf(trials: readonly SubjectTrial[]): Steadiness {
  const looks = matched(trials);
  const between = { hits: looks.filter(({ hit }) => hit).length, trials: looks.length };
  const within = { hits: 0, trials: 0 };
  for (const own of Map.groupBy(
    trials,
    ({ subject, question }) => `${subject} ${question}`,
  ).values()) {
    const ordered = own.toSorted((a, b) => a.repeat - b.repeat);
    for (const [place, { hit }] of ordered.entries()) {
      const next = ordered[place + 1];
      if (next === undefined) continue;
      within.trials++;
      if (next.hit !== hit) within.hits++;
    }
  }
  return { between, within, told: steady(between, within) };
}

function steady(between: Steadiness['between'], within: Steadiness['within']): Steadiness['told'] {
  if (within.trials < REPEATED_LEAST || between.trials < REPEATED_LEAST) return null;
  const [outer, inner] = [between.hits / between.trials, within.hits / within.trials];
  if (
    inner <= outer / 2 &&
    fisherExact(between.hits, between.trials, within.hits, within.trials) <= 0.05
  ) {
    return 'steady';
  }
  return inner >= outer * 0.75 ? 'chance' : null;
}
