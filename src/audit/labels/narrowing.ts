/**
 * @module audit/labels/narrowing
 * Which labels would narrow the interval of the corrected rate most.
 */
import type { LabelledRun } from './judged.ts';
import { type Allocation, stratumOf } from './sample.ts';

/** How many labels of each stratum by level and verdict, and how wide the interval is before and after. */
export interface NarrowingPlan {
  allocation: Allocation;
  /** Null where there is none yet. */
  before: number | null;
  after: number | null;
}

export function narrowingPlan(run: LabelledRun, size: number): NarrowingPlan {
  const strata = new Map<string, number>();
  for (const one of run.cases) strata.set(stratumOf('level verdict', one), size);
  return { allocation: strata, before: null, after: null };
}
