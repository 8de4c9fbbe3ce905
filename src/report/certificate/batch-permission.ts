/**
 * @module report/certificate/batch-permission
 * Whether judges may be asked about several clauses at once: only where it was measured that nothing is lost by it.
 */

import { batchPromptHash } from '../../run/judging/batch/prompt.ts';
import { modelJudgesOf, type Plan, type PlannedJudge } from '../../run/plan.ts';
import { matchCertificate } from './match.ts';
import { type BatchLoss, type BatchReason, batchReasonText } from './messages.ts';
import type { BatchFigures, Certificate } from './schema.ts';

export type BatchPermission =
  /** With what a reader must know of the certificates, such as that one was measured on another spec. */
  { type: 'allowed'; notes: string[] } | RefusedBatch;

/** The first judge of whom it is not known, and why. */
interface RefusedBatch {
  type: 'refused';
  judge: PlannedJudge;
  because: BatchReason;
  reason: string;
  /** What a new measurement could change: anything, where there is none; with more items only; or nothing. */
  remedy: 'measure' | 'more items' | 'none';
}

/**
 * How much may be lost before it is a loss: the interval of the difference must lie above −5 points as a whole, for
 * violations and for adherence each. A smaller margin would ask for more marked replies than any spec has; a larger one
 * would let batches cost more than choosing another judge does.
 */
export const LOSS_MARGIN = 0.05;

/**
 * Whether each model that judges in a plan has a certificate that shows no loss in batches of `size` or more. Of
 * several the one counts that `matchCertificate` finds among those that were measured in batches at all.
 *
 * @param certificates newest first
 */
export function batchPermission(
  plan: Pick<Plan, 'judges' | 'spec' | 'rubrics'>,
  size: number,
  certificates: readonly Certificate[],
): BatchPermission {
  const measured = certificates.filter(
    ({ batch }) => batch?.prompt.hash === batchPromptHash() && batch.size >= size,
  );
  const notes: string[] = [];
  for (const judge of modelJudgesOf(plan)) {
    const { spec, rubrics } = plan;
    const match = matchCertificate({ judges: [judge], spec, rubrics }, measured);
    if (match.type !== 'found' || match.certificate.batch === undefined) {
      return refused(judge, { code: 'never-measured', data: { size } }, 'measure');
    }
    const { batch } = match.certificate;
    if (!batch.noLoss) {
      const losses = lossesOf(batch);
      const isLoss = losses.some(({ needed }) => needed === null);
      const because: BatchReason = { code: 'may-lose', data: { margin: LOSS_MARGIN, losses } };
      return refused(judge, because, isLoss ? 'none' : 'more items');
    }
    if (match.note !== null) notes.push(`${judge.label} was ${match.note}`);
  }
  return { type: 'allowed', notes };
}

function refused(
  judge: PlannedJudge,
  because: BatchReason,
  remedy: RefusedBatch['remedy'],
): RefusedBatch {
  return { type: 'refused', judge, because, reason: batchReasonText(because), remedy };
}

/** The sides on which batches may cost right verdicts, with how many items would tell. */
function lossesOf(batch: BatchFigures): BatchLoss[] {
  const sides = [
    { side: 'violations' as const, ...batch.sensitivity },
    { side: 'adherence' as const, ...batch.specificity },
  ].filter(({ difference: { low } }) => low === null || low <= -LOSS_MARGIN);
  return sides.map(({ side, difference, single: { trials } }) => {
    const { estimate, low, high, reason } = difference;
    return {
      side,
      estimate,
      low,
      high,
      ...(reason === undefined ? {} : { reason }),
      trials,
      ...(estimate === null || low === null ? {} : { needed: trialsNeeded(estimate, low, trials) }),
    };
  });
}

/** How many trials would narrow the interval enough, were the difference to stay; null where none would. */
function trialsNeeded(estimate: number, low: number, trials: number): number | null {
  const room = estimate + LOSS_MARGIN;
  return room <= 0 ? null : Math.ceil((trials * ((estimate - low) / room) ** 2) / 10) * 10;
}
