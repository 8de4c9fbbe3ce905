/**
 * @module features/audit/compare/stored
 * Compares runs as the ledger has them.
 */
import type { Ledger } from '../../../ledger/ledger.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { countedVerdicts } from '../../../run/panel/panel.ts';
import type { PlanDocument } from '../../../run/run.ts';
import { type Comparison, compareSides, type Side } from './compare.ts';
import { namedTrials } from './trials.ts';

/** A run with what was planned. */
export interface StoredRun {
  run: RunRecord;
  document: PlanDocument;
}

/** A subject of a stored run, by its place. */
export type StoredSide = StoredRun & { subject: number };

/**
 * Compares a subject of one run with one of another, by the verdicts that count in each.
 * @param choice `only`: no other clauses
 */
export function compareStored(
  ledger: Ledger,
  first: StoredSide,
  second: StoredSide,
  choice: { pairing: 'paired' | 'best'; only?: ReadonlySet<string> | undefined },
): Comparison | { reason: string } {
  const sideOf = ({ run, document, subject }: StoredSide): Side => {
    const { plan } = document;
    const verdicts = countedVerdicts(plan, ledger.runs.verdicts(run.ordinal));
    const trials = namedTrials(plan, subject, verdicts);
    const { only } = choice;
    return {
      run: run.id,
      plan,
      subject,
      trials: only === undefined ? trials : trials.filter(({ clause }) => only.has(clause)),
    };
  };
  return compareSides(sideOf(first), sideOf(second), choice.pairing);
}
