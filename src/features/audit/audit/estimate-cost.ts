/** @module features/audit/audit/estimate-cost The estimate of a plan at the prices that hold. */

import type { Prepared } from '../../../app/prepare-audit.ts';
import type { Price } from '../../../model/prices.ts';
import { estimateTokens } from '../../../model/prices.ts';
import { valueAt } from '../../../text/at.ts';
import { estimateOfPlan } from './expected.ts';
import type { PlanEstimate } from './schema.ts';

/** @param price of a model by its label, in US dollars per million tokens; null where it is not known */
export function estimateCost(
  { document, instructions }: Prepared,
  price: (label: string) => Price | null,
): PlanEstimate {
  const tokens = new Map([...instructions].map(([id, text]) => [id, estimateTokens(text)]));
  return estimateOfPlan(document.plan, {
    price,
    briefTokens: (clause) => valueAt(tokens, clause),
    specTokens: estimateTokens(document.spec),
  });
}
