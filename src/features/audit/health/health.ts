/**
 * @module features/audit/health/health
 * What the evidence says of a spec itself: whose fault it is where something is wrong, and what was not tested.
 */
import { type ClauseCoverage, coverageOf } from './coverage.ts';
import { diagnose } from './diagnose.ts';
import { type Diagnosis, FAULTS } from './diagnosis.ts';
import type { HealthEvidence } from './evidence.ts';
import { readings } from './reading.ts';
import { type Question, type SignalCode, signalsAmong } from './signal.ts';
import { judgeQuestions } from './signals/judges.ts';
import { markQuestions } from './signals/marks.ts';
import { pairQuestions, pairTables } from './signals/pairs.ts';
import { peopleQuestions } from './signals/people.ts';
import { subjectQuestions, subjectTrials } from './signals/subjects.ts';

export interface Health {
  /** What needs doing first comes first. */
  diagnoses: Diagnosis[];
  /** Every clause, in document order. */
  coverage: ClauseCoverage[];
  /** Questions that could have stood out, by what was looked at. */
  asked: { code: SignalCode; questions: number }[];
  /** Clauses of which no question was asked: with so little evidence, nothing could have stood out. */
  thin: number[];
}

/** Reads a spec's health off the evidence; the same evidence always gives the same. */
export function healthOf(evidence: HealthEvidence): Health {
  const trials = subjectTrials(evidence);
  const tables = pairTables(trials);
  const questions = [
    ...judgeQuestions(evidence),
    ...peopleQuestions(evidence),
    ...subjectQuestions(evidence, trials),
    ...markQuestions(evidence),
    ...pairQuestions(tables),
  ];
  const { signals, asked } = signalsAmong(questions);
  const diagnoses = diagnose(evidence, signals, readings(evidence, signals, trials), tables);
  const looked = new Set(
    asked.flatMap(({ clause, partner }) => [clause, ...(partner === undefined ? [] : [partner])]),
  );
  return {
    diagnoses: diagnoses.toSorted((a, b) => urgency(a) - urgency(b) || a.clause - b.clause),
    coverage: coverageOf(evidence, trials),
    asked: countsOf(asked),
    thin: evidence.clauses.flatMap((_, place) => (looked.has(place) ? [] : [place])),
  };
}

/** Faults of the text come first, then what is undecided, then the others'. */
function urgency({ faults }: Diagnosis): number {
  const place = Math.min(...faults.map((fault) => FAULTS.indexOf(fault)));
  const isText = place < FAULTS.indexOf('scenario');
  if (faults.length > 1) return isText ? FAULTS.indexOf('scenario') - 0.5 : FAULTS.length;
  return place;
}

function countsOf(questions: readonly Question[]): Health['asked'] {
  return [...Map.groupBy(questions, ({ code }) => code)].map(([code, own]) => ({
    code,
    questions: own.length,
  }));
}
