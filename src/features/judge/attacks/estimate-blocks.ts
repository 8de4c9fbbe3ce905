/** @module features/judge/attacks/estimate-blocks What the suite will take, in words. */
import type { Block } from '../../../text/blocks.ts';
import { priceText } from '../../../text/figures.ts';
import { count, grouped } from '../../../text/numbers.ts';
import { safeLine } from '../../../text/safe-text.ts';
import type { AttackEstimate } from './schema.ts';

/** One sentence on one judge. */
export function attackSummary({ judge, questions, input, cost }: AttackEstimate): string {
  return `${safeLine(judge)}: ${count(questions, 'question')}, about ${grouped(input)} tokens in, ${priceText(cost)}.`;
}

/** What each judge would be asked, and which attack takes the most. */
export function estimateBlocks(estimates: readonly AttackEstimate[]): Block[] {
  return estimates.flatMap((estimate): Block[] => {
    const [dearest] = estimate.byAttack.toSorted((a, b) => b.input - a.input);
    return [
      { type: 'paragraph', text: attackSummary(estimate) },
      {
        type: 'paragraph',
        text:
          dearest === undefined || dearest.attack === null
            ? ''
            : `The dearest attack is ${dearest.attack}, with ${grouped(dearest.input)} of these tokens; --attack and --limit choose fewer.`,
      },
    ];
  });
}
