/**
 * @module features/audit/health/subject-trials
 * Which transcripts of which subject kept a clause, which subjects are strong, and where these go different ways.
 */
import { fisherExact, type RateTable } from '../../../stats/index.ts';
import type { HealthEvidence, KnownCase, KnownTranscript } from './evidence.ts';
import { type Observation, ratesOf } from './rate-contrast.ts';

/** A transcript that kept or broke a clause; a hit is a violation. */
export interface SubjectTrial extends Observation {
  subject: number;
  question: string;
  repeat: number;
}

/**
 * A subject is strong under a clause where the lower end of its adherence on all other clauses is at least this:
 * a subject that fails everywhere says nothing of one clause.
 */
const STRONG = 0.75;

/** Every transcript under every clause on which the judges came to a decision. */
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
    rates: adherenceRates(own, clauseCount),
  }));
  return (clause) =>
    tables.flatMap(({ subject, clauses, rates }) => {
      const { low } = rates.ofClauses(clauses.filter((other) => other !== clause));
      return low !== null && low >= STRONG ? [subject] : [];
    });
}

/** How often each clause is kept, trials of one seed reckoned alike. */
export function adherenceRates(trials: readonly SubjectTrial[], clauseCount: number): RateTable {
  return ratesOf(trials, clauseCount, ({ hit }) => !hit);
}

/** One observation for each question and repeat that two strong subjects or more were judged on: do they differ? */
export function observeStrongSubjects(
  trials: readonly SubjectTrial[],
  clauseCount: number,
): Observation[] {
  const strongOf = strongSubjects(trials, clauseCount);
  return [...Map.groupBy(trials, ({ clause }) => clause)].flatMap(([clause, own]) => {
    const strong = new Set(strongOf(clause));
    return observeDifferences(own.filter(({ subject }) => strong.has(subject)));
  });
}

/** One observation for each question and repeat of a clause that two subjects or more were judged on. */
function observeDifferences(trials: readonly SubjectTrial[]): Observation[] {
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
export interface SelfAgreement {
  /** Two repeats of one question by one subject, and those that ended otherwise. */
  repeats: { hits: number; trials: number };
  /** `steady`: each goes its own way; `chance`: each goes both ways; null: too few repeats to tell. */
  told: 'steady' | 'chance' | null;
}

const REPEATED_LEAST = 8;

/**
 * Holds the disagreement between subjects against that within them. Where each subject is drawn by chance, both are
 * alike; where each reads the clause its own way, it agrees with itself.
 * @param trials under one clause
 */
export function selfAgreement(trials: readonly SubjectTrial[]): SelfAgreement {
  const observations = observeDifferences(trials);
  const between = {
    hits: observations.filter(({ hit }) => hit).length,
    trials: observations.length,
  };
  const repeats = { hits: 0, trials: 0 };
  const groups = Map.groupBy(trials, ({ subject, question }) => `${subject} ${question}`);
  for (const own of groups.values()) {
    const ordered = own.toSorted((a, b) => a.repeat - b.repeat);
    for (const [index, { hit }] of ordered.entries()) {
      const next = ordered[index + 1];
      if (next === undefined) continue;
      repeats.trials++;
      if (next.hit !== hit) repeats.hits++;
    }
  }
  return { repeats, told: steadiness(between, repeats) };
}

type Share = SelfAgreement['repeats'];

function steadiness(between: Share, within: Share): SelfAgreement['told'] {
  if (within.trials < REPEATED_LEAST || between.trials < REPEATED_LEAST) return null;
  const [outer, inner] = [between.hits / between.trials, within.hits / within.trials];
  const isSteady =
    inner <= outer / 2 &&
    fisherExact(between.hits, between.trials, within.hits, within.trials) <= 0.05;
  if (isSteady) return 'steady';
  return inner >= outer * 0.75 ? 'chance' : null;
}
