/** @module features/judge/calibration/batching/words What a certificate says of several clauses in one call. */

import type { BatchFigures } from '../../../../report/certificate/schema.ts';
import { differenceText, NOTHING } from '../../../../report/figures.ts';
import { shareText } from '../error-table.ts';

/** Both shares in batches beside one clause a call, and what follows from it. */
export function batchTexts({
  size,
  margin,
  sensitivity,
  specificity,
  noLoss,
}: BatchFigures): string[] {
  const side = (name: string, { batched, single, difference }: BatchFigures['sensitivity']) =>
    difference.estimate === null
      ? `${name} ${NOTHING} (${difference.reason ?? 'no data'})`
      : `${name} ${shareText(batched)}, against ${shareText(single)} alone, difference ${differenceText(difference)} points`;
  return [
    `${size} clauses in a call: ${side('violations called so', sensitivity)}`,
    side('adherence called so', specificity),
    noLoss
      ? `no loss (both lie above −${margin * 100} points), so 'tenet audit --batch ${size}' may ask it so`
      : `a loss is not ruled out (both would have to lie above −${margin * 100} points), so --batch is refused`,
  ];
}
