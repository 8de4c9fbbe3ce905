/** @module features/audit/health/calibrated-judges The judges that were measured on the very text that is looked at. */
import type { Certificate } from '../../../report/certificate/schema.ts';
import { promptOf } from '../../../run/judging/judge-prompt.ts';
import type { Spec } from '../../../spec/index.ts';

export interface CalibratedJudge {
  judge: string;
  body: Certificate;
}

/**
 * The newest certificate of each judge that is of this text and of today's wording of the question, and how many others
 * there are of this spec.
 * @param certificates newest first
 * @param simulated whether simulated judges are wanted, or real ones; null: real ones where there are any
 */
export function calibratedJudges(
  certificates: readonly Certificate[],
  spec: Spec,
  simulated: boolean | null,
): { calibrations: CalibratedJudge[]; leftOut: number } {
  const own = certificates.filter((one) => one.spec.id === spec.id);
  const wanted = simulated ?? own.every((one) => one.simulated);
  const inUse = new Set([promptOf({}), promptOf({ by: 'function' })].map(({ hash }) => hash));
  const fitting = own.filter(
    (one) =>
      one.simulated === wanted && one.spec.sha256 === spec.sha256 && inUse.has(one.prompt.hash),
  );
  const newest = new Map<string, Certificate>();
  for (const body of fitting) {
    // A panel's is of no single judge, and says nothing of how two of them differ.
    const name = body.judge?.name;
    if (name !== undefined && !newest.has(name)) newest.set(name, body);
  }
  return {
    calibrations: [...newest].map(([judge, body]) => ({ judge, body })),
    leftOut: own.length - fitting.length,
  };
}
