/**
 * @module run/counts
 * What was counted of a clause or of a group of clauses, verdicts and what is missing of them, and how counts add up.
 */

import {
  SEVERITIES,
  type Severity,
  VERDICT_OUTCOMES,
  type VerdictOutcome,
} from '../ledger/records.ts';
import { sumKnown } from '../stats/index.ts';

/** Why a planned sample has no verdict. `not_run`: the run has not come to it. */
export const MISSING = ['refused', 'filtered', 'unsupported', 'failed', 'not_run'] as const;

export type Missing = (typeof MISSING)[number];

export interface Counts {
  verdicts: Record<VerdictOutcome, number>;
  missing: Record<Missing, number>;
  /** Of the verdicts `violates`. */
  severity: Record<Severity, number>;
}

/** What is not known of a measure: verdicts that decide nothing, and samples without any. */
export function unknownOf({ verdicts, missing }: Counts): number {
  const undecided = verdicts.cannot_judge + verdicts.unsupported;
  return Object.values(missing).reduce((sum, count) => sum + count, undecided);
}

/** So many counters, each at 0. */
export function zeros<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
}

/** Nothing counted yet. */
export function emptyCounts(): Counts {
  return {
    verdicts: zeros(VERDICT_OUTCOMES),
    missing: zeros(MISSING),
    severity: zeros(SEVERITIES),
  };
}

/** Two counts together. */
export function addCounts(sum: Counts, part: Counts | undefined): Counts {
  if (part === undefined) return sum;
  return {
    verdicts: addEach(sum.verdicts, part.verdicts),
    missing: addEach(sum.missing, part.missing),
    severity: addEach(sum.severity, part.severity),
  };
}

/** Two records of counts with the same keys, added key by key. */
export function addEach<Key extends string>(
  a: Record<Key, number>,
  b: Record<Key, number>,
): Record<Key, number> {
  const sum = { ...a };
  for (const key in sum) sum[key] += b[key];
  return sum;
}

/** Tokens, and US dollars; null where any part of a sum is unknown. */
export interface Spending {
  input: number | null;
  output: number | null;
  cost: number | null;
}

/** Nothing spent yet. */
export function emptySpending(): Spending {
  return { input: 0, output: 0, cost: 0 };
}

/** Adds what a row spent to a total; any unknown makes the sum unknown. */
export function addSpending(total: Spending | undefined, row: Spending): void {
  if (total === undefined) return;
  for (const key of ['input', 'output', 'cost'] as const) {
    total[key] = sumKnown([total[key], row[key]]);
  }
}

/** What several parts spent together; any unknown makes the sum unknown. */
export function totalSpending(parts: readonly Spending[]): Spending {
  const total = emptySpending();
  for (const part of parts) addSpending(total, part);
  return total;
}
