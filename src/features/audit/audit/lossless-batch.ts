/** @module features/audit/audit/lossless-batch Whether judges may be asked about several clauses at once. */

import { batchPermission } from '../../../report/certificate/batch-permission.ts';
import type { Certificate } from '../../../report/certificate/schema.ts';
import type { Plan } from '../../../run/plan.ts';
import { problem } from './messages.ts';

/**
 * Throws unless each judge of the plan has a certificate that shows that nothing is lost in batches of the plan's
 * size. Gives what is to be said of it; nothing is refused where a plan has no batches.
 */
export function refuseLossyBatch(plan: Plan, certificates: readonly Certificate[]): string[] {
  const { batch, rubrics, spec } = plan;
  if (batch === undefined) return [];
  const { size } = batch;
  const permission = batchPermission(plan, size, certificates);
  if (permission.type === 'allowed') return permission.notes;
  const { judge, reason, remedy } = permission;
  throw problem('lossy-batch', {
    size,
    judge: judge.label,
    reason,
    remedy,
    spec: spec.file,
    hasRubrics: rubrics !== undefined,
  });
}
