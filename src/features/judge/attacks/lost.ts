/** @module features/judge/attacks/lost Verdicts that say neither that a clause was kept nor that it was broken. */
import type { AttackResult } from '../../../report/certificate/attack-schema.ts';
import { sum } from '../../../stats/index.ts';

/** What came instead of verdicts that say whether a clause was kept. */
export type Lost = AttackResult['lost'];

const NAMES: Readonly<Record<keyof Lost, string>> = {
  not_applicable: 'not applicable',
  cannot_judge: "can't judge",
  unsupported: 'unsupported',
  failed: 'failed',
};

/** How many verdicts are lost. */
export function lostSum(lost: Lost): number {
  return sum(Object.values(lost));
}

/** `3 not applicable, 1 failed`. */
export function lostText(lost: Lost): string {
  return Object.entries(NAMES)
    .filter(([what]) => lost[what as keyof Lost] > 0)
    .map(([what, name]) => `${lost[what as keyof Lost]} ${name}`)
    .join(', ');
}
