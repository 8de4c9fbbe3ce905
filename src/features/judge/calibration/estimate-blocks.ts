/** @module features/judge/calibration/estimate-blocks What calibrating judges takes, in words. */
import type { Block } from '../../../text/blocks.ts';
import { priceText } from '../../../text/figures.ts';
import { count, grouped } from '../../../text/numbers.ts';
import { safeLine } from '../../../text/safe-text.ts';
import type { CalibrationEstimate } from './schema.ts';

/** One sentence on one judge. */
export function calibrationSummary({ judge, calls, tokens, cost }: CalibrationEstimate): string {
  return `${safeLine(judge)}: ${count(calls, 'call')} at most, about ${grouped(tokens.input)} tokens in, ${priceText(cost)}.`;
}

/** What each judge would be asked. */
export function estimateBlocks(estimates: readonly CalibrationEstimate[]): Block[] {
  return estimates.flatMap((estimate): Block[] => {
    const { items, retest, pairs, batched } = estimate;
    const parts = [
      `${count(items, 'reply', 'replies')} whose verdict is known`,
      `${grouped(retest)} of them again`,
      `${count(pairs, 'question')} on pairs of replies`,
      ...(batched === undefined ? [] : [`${grouped(batched)} of them among other clauses`]),
    ];
    return [
      { type: 'paragraph', text: calibrationSummary(estimate) },
      { type: 'paragraph', indent: 2, text: parts.join(' · ') },
    ];
  });
}
