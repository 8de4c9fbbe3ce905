/**
 * @module features/audit/compare/compare-runs
 * Compares two runs as the ledger has them, for every subject that they share.
 */
import type { Ledger } from '../../../ledger/ledger.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { keptCertificates } from '../../../report/certificate/keep.ts';
import { matchCertificate } from '../../../report/certificate/match.ts';
import { countedVerdicts } from '../../../run/panel/panel.ts';
import type { PlanDocument } from '../../../run/run.ts';
import { type Comparison, compareSides, type Side } from './compare-sides.ts';
import { comparedSide, comparisonDocument } from './document.ts';
import { type NotComparable, problem } from './messages.ts';
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
  only?: ReadonlySet<string> | undefined;
}

/**
 * Compares the subjects that two runs share, or those that are named.
 * @param choice `subjects`: names, one for both runs or one for each
 * @throws a `TenetError` where they can't be compared
 */
export function compareRuns(
  ledger: Ledger,
  first: StoredRun,
  second: StoredRun,
  choice: CompareChoice & { subjects?: readonly string[] | undefined },
): ComparisonDocument[] {
  const [one, other] = [first.document.plan, second.document.plan];
  const pairs = pairSubjects(one, other, choice.subjects);
  if ('reason' in pairs) throw problem('no-subjects-to-compare', pairs);
  return pairs.map((pair) => {
    const comparison = compareStored(
      ledger,
      { ...first, subject: pair.first },
      { ...second, subject: pair.second },
      choice,
    );
    if ('reason' in comparison) throw problem('not-comparable', comparison);
    return comparisonDocument(
      comparison,
      {
        first: sideOf(ledger, first, pair.first),
        second: sideOf(ledger, second, pair.second),
      },
      otherDifferences(one, other, pair),
    );
  });
}

function sideOf(ledger: Ledger, { run, document }: StoredRun, subject: number): ComparedSide {
  const { plan } = document;
  const match = matchCertificate(plan, keptCertificates(ledger).certificates);
  return comparedSide(run.id, plan, subject, match.type === 'found' ? 'measured' : 'unmeasured');
}

/** Compares a subject of one run with one of another, by the verdicts that count in each. */
export function compareStored(
  ledger: Ledger,
  first: StoredSide,
  second: StoredSide,
  { pairing, only }: CompareChoice,
): Comparison | { reason: NotComparable } {
  const side = ({ run, document, subject }: StoredSide): Side => {
    const { plan } = document;
    const verdicts = countedVerdicts(plan, ledger.runs.verdicts(run.ordinal));
    const trials = namedTrials(plan, subject, verdicts);
    return {
      run: run.id,
      plan,
      subject,
      trials: only === undefined ? trials : trials.filter(({ clause }) => only.has(clause)),
    };
  };
  return compareSides(side(first), side(second), pairing);
}
