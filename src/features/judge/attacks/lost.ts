/** @module features/judge/attacks/lost Verdicts that say neither that a clause was kept nor that it was broken. */

/** What came instead of verdicts that say whether a clause was kept. */
export interface Lost {
  not_applicable: number;
  cannot_judge: number;
  unsupported: number;
  failed: number;
}

/** How many verdicts are lost. */
export function lostSum({ not_applicable, cannot_judge, unsupported, failed }: Lost): number {
  return not_applicable + cannot_judge + unsupported + failed;
}

/** `3 not applicable, 1 failed`. */
export function lostText({ not_applicable, cannot_judge, unsupported, failed }: Lost): string {
  const parts = [
    [not_applicable, 'not applicable'],
    [cannot_judge, "can't judge"],
    [unsupported, 'unsupported'],
    [failed, 'failed'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`)
    .join(', ');
}
