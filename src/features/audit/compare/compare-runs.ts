/**
 * @module features/audit/compare/compare-runs
 * Compares two runs as the ledger has them, for every subject that they share.
 */
import type { Ledger } from '../../../ledger/ledger.ts';
import { collect } from '../../../ledger/pages.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { keptCertificates } from '../../../report/certificate/keep.ts';
import { matchCertificate } from '../../../report/certificate/match.ts';
import { nameAt, subjectIds } from '../../../run/names.ts';
import { countedVerdicts } from '../../../run/panel/panel.ts';
import type { PlanDocument } from '../../../run/run.ts';
import { specName } from '../../../spec/index.ts';
import { type Comparison, compareSides, type Side } from './compare-sides.ts';
import { type NotComparable, noteText, problem } from './messages.ts';
import { pairSubjects } from './pair-subjects.ts';
import { otherDifferences } from './plan-differences.ts';
import type { ComparedSide, ComparisonDocument } from './schema.ts';
import { namedTrials } from './trials.ts';

/** A run with what was planned. */
export interface StoredRun {
  run: RunRecord;
  document: PlanDocument;
}

/** A subject of a stored run, by its index in the plan. */
export type StoredSide = StoredRun & { subject: number };

/** What is compared, and how. */
export interface CompareChoice {
  /** Only what both runs asked, or that where it is enough, otherwise all of each. */
  pairing: 'paired' | 'best';
  /** No other clauses. */
  only?: ReadonlySet<string>;
  /** Names, one for both runs or one for each; absent: those that both runs have. */
  subjects?: readonly string[];
}

/**
 * Compares the subjects that two runs share, or those that are named.
 * @throws a `TenetError` where they can't be compared
 */
export async function compareRuns(
  ledger: Ledger,
  first: StoredRun,
  second: StoredRun,
  choice: CompareChoice,
): Promise<ComparisonDocument[]> {
  const [one, other] = [first.document.plan, second.document.plan];
  const pairs = pairSubjects(one, other, choice.subjects);
  if ('reason' in pairs) throw problem('no-subjects-to-compare', pairs);
  const comparisons: ComparisonDocument[] = [];
  for (const pair of pairs) {
    const sides = {
      first: await sideOf(ledger, { ...first, subject: pair.first }, choice.only),
      second: await sideOf(ledger, { ...second, subject: pair.second }, choice.only),
    };
    const comparison = compareSides(sides.first, sides.second, choice.pairing);
    if ('reason' in comparison) throw problem('not-comparable', comparison);
    const { pairing, trials, ...figures } = comparison;
    const notes = otherDifferences(one, other, pair);
    comparisons.push({
      simulated: one.simulated || other.simulated,
      first: described(sides.first),
      second: described(sides.second),
      pairing,
      trials,
      notes: notes.map(noteText),
      noteData: notes,
      ...figures,
    });
  }
  return comparisons;
}

/** What one side of a comparison is called, and whether its judge's errors are known. */
function described({ run, plan, subject, judge }: Side): ComparedSide {
  return {
    run,
    subject: nameAt(subjectIds(plan), subject),
    spec: specName(plan.spec),
    simulated: plan.simulated,
    judge,
  };
}

/** Compares a subject of one run with one of another, by the verdicts that count in each. */
export async function compareStored(
  ledger: Ledger,
  first: StoredSide,
  second: StoredSide,
): Promise<Comparison | { reason: NotComparable }> {
  return compareSides(await sideOf(ledger, first), await sideOf(ledger, second), 'best');
}

async function sideOf(
  ledger: Ledger,
  { run, document: { plan }, subject }: StoredSide,
  only?: ReadonlySet<string>,
): Promise<Side> {
  const verdicts = countedVerdicts(plan, await collect(ledger.runs.verdicts(run.ordinal)));
  const match = matchCertificate(plan, (await keptCertificates(ledger)).certificates);
  return {
    run: run.id,
    plan,
    subject,
    judge: match.type === 'found' ? 'measured' : 'unmeasured',
    trials: namedTrials(plan, subject, verdicts).filter(({ clause }) => only?.has(clause) ?? true),
  };
}
