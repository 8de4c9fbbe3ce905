/** @module features/judge/calibration/plan What calibrating judges takes, in words. */

import { priceText } from '../../../report/figures.ts';
import { hanging } from '../../../text/layout.ts';
import { count, grouped } from '../../../text/numbers.ts';
import { safeLine } from '../../../text/safe-text.ts';
import type { CalibrationEstimate } from './estimate.ts';

/** One sentence on one judge. */
export function calibrationSummary({ judge, calls, tokens, cost }: CalibrationEstimate): string {
  return `${safeLine(judge)}: ${count(calls, 'call')} at most, about ${grouped(tokens.input)} tokens in, ${priceText(cost)}.`;
}

/** What each judge would be asked. */
export function renderCalibrationPlan(
  estimates: readonly CalibrationEstimate[],
  { width }: { width: number },
): string {
  const lines = estimates.flatMap((estimate) => {
    const { items, retest, pairs, batched } = estimate;
    const parts = [
      `${count(items, 'reply', 'replies')} whose verdict is known`,
      `${grouped(retest)} of them again`,
      `${count(pairs, 'question')} on pairs of replies`,
      ...(batched === undefined ? [] : [`${grouped(batched)} of them among other clauses`]),
    ];
    return [
      ...hanging('', calibrationSummary(estimate), width),
      ...hanging('  ', parts.join(' · '), width),
    ];
  });
  return `${lines.join('\n')}\n`;
}
