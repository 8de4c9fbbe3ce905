/** @module features/audit/audit/planned-batch What a plan says of several clauses in one call. */
import { BATCH_PROMPT } from '../../../run/judging/batch/prompt.ts';
import type { PlannedBatch } from '../../../run/plan.ts';

/** Batches of so many clauses; undefined where it is one clause a call, as usual. */
export function plannedBatch(size: number | undefined): PlannedBatch | undefined {
  return size === undefined || size === 1 ? undefined : { size, prompt: BATCH_PROMPT };
}
