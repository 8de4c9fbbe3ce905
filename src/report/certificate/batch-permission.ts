/**
 * @module report/certificate/batch-permission
 * Whether judges may be asked about several clauses at once: only where it was measured that nothing is lost by it.
 */

import { LOSS_MARGIN } from '../../features/judge/calibration/batching/figures.ts';
import { batchPromptHash } from '../../run/judging/batch/prompt.ts';
import { modelJudgesOf, type Plan, type PlannedJudge } from '../../run/plan.ts';
import { matchCertificate } from './match.ts';
import type { BatchFigures, Certificate } from './schema.ts';

export type BatchPermission =
  /** With what a reader must know of the certificates, such as that one was measured on another spec. */
  | { type: 'allowed'; notes: string[] }
  /** The first judge of whom it is not known, and why. */
  | {
      type: 'refused';
      judge: PlannedJudge;
      reason: string;
      /** What a new measurement could change: anything, where there is none; with more items only; or nothing. */
      remedy: 'measure' | 'more items' | 'none';
    };

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
      const reason = `it was never measured in batches of ${size} in the wording of today`;
      return { type: 'refused', judge, reason, remedy: 'measure' };
    }
    const { batch } = match.certificate;
    if (!batch.noLoss) {
      const isLoss = lossesOf(batch).some(({ needed }) => needed === null);
      const remedy = isLoss ? 'none' : 'more items';
      return { type: 'refused', judge, reason: lossOf(batch), remedy };
    }
    if (match.note !== null) notes.push(`${judge.label} was ${match.note}`);
  }
  return { type: 'allowed', notes };
}

/** The sides on which batches may cost right verdicts, with how many items would tell; null: it is a loss already. */
function lossesOf(batch: BatchFigures) {
  const sides = [
    { name: 'violations', ...batch.sensitivity },
    { name: 'adherence', ...batch.specificity },
  ].filter(({ difference: { low } }) => low === null || low <= -LOSS_MARGIN);
  return sides.map(({ name, difference, single: { trials } }) => {
    const { estimate, low } = difference;
    const needed =
      estimate === null || low === null ? undefined : trialsNeeded(estimate, low, trials);
    return { name, difference, trials, needed };
  });
}

/** Where batches may cost right verdicts, and what would show that they don't. */
function lossOf(batch: BatchFigures): string {
  const words = lossesOf(batch).map(({ name, difference, trials, needed }) => {
    const { estimate, low, high } = difference;
    if (estimate === null || low === null || high === null) {
      return `not known of ${name} (${difference.reason ?? 'no data'})`;
    }
    const remedy =
      needed === null
        ? 'that is a loss by itself, and more items would not change it'
        : `about ${needed} items would tell, where there are ${trials}`;
    return `${points(estimate)} points [${points(low)}, ${points(high)}] of ${name} called so, against one clause a call; ${remedy}`;
  });
  return `the interval of the difference must lie above −${LOSS_MARGIN * 100} points, and it is ${words.join('; and it is ')}`;
}

/** How many trials would narrow the interval enough, were the difference to stay; null where none would. */
function trialsNeeded(estimate: number, low: number, trials: number): number | null {
  const room = estimate + LOSS_MARGIN;
  return room <= 0 ? null : Math.ceil((trials * ((estimate - low) / room) ** 2) / 10) * 10;
}

function points(share: number): string {
  const rounded = Math.round(share * 1000) / 10;
  return rounded > 0 ? `+${rounded}` : `${rounded}`.replace('-', '−');
}
