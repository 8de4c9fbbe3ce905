/**
 * @module features/audit/health/health
 * What the evidence says of a spec itself: whose fault it is where something is wrong, and what was not tested.
 */
import { clauseEvidence } from './clause-evidence.ts';
import { pairTables } from './clause-pairs.ts';
import { type ClauseCoverage, coverageOf } from './coverage.ts';
import { type Diagnosis, diagnose } from './diagnose.ts';
import type { HealthEvidence } from './evidence.ts';
import type { SignalCode } from './messages.ts';
import { FAULTS } from './rule.ts';
import { findSignals } from './signals.ts';
import { subjectTrials } from './subject-trials.ts';

export interface Health {
  /** What needs doing first comes first. */
  diagnoses: Diagnosis[];
  /** Every clause, in document order. */
  coverage: ClauseCoverage[];
  /** Hypotheses that could have stood out, by what was tested. */
  asked: { code: SignalCode; questions: number }[];
  /** Clauses of which nothing was tested: with so little evidence, nothing could have stood out. */
  thin: number[];
}

/** Reads a spec's health off the evidence; the same evidence always gives the same. */
export function healthOf(evidence: HealthEvidence): Health {
  const trials = subjectTrials(evidence);
  const pairs = pairTables(trials);
  const { signals, tested } = findSignals(evidence, trials, pairs);
  const diagnoses = diagnose(evidence, signals, clauseEvidence(evidence, signals, trials, pairs));
  const asked = Map.groupBy(tested, ({ code }) => code);
  const looked = new Set(tested.flatMap(({ clause, partner = clause }) => [clause, partner]));
  return {
    diagnoses: diagnoses.toSorted((a, b) => urgency(a) - urgency(b) || a.clause - b.clause),
    coverage: coverageOf(evidence, trials),
    asked: [...asked].map(([code, own]) => ({ code, questions: own.length })),
    thin: [...evidence.clauses.keys()].filter((clause) => !looked.has(clause)),
  };
}

/** Faults of the text come first, then what is undecided, then the others'. */
function urgency({ faults }: Diagnosis): number {
  const rank = Math.min(...faults.map((fault) => FAULTS.indexOf(fault)));
  const isText = rank < FAULTS.indexOf('scenario');
  if (faults.length > 1) return isText ? FAULTS.indexOf('scenario') - 0.5 : FAULTS.length;
  return rank;
}
