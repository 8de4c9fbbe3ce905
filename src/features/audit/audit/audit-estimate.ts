/**
 * @module features/audit/audit/audit-estimate
 * What a run will take, said before it is asked.
 */

import { parseName } from '../../../app/models.ts';
import { ceilingText, type Settings } from '../../../app/settings.ts';
import { say, screen } from '../../../cli/terminal.ts';
import { estimateTokens, priceOf } from '../../../model/prices.ts';
import { priceText } from '../../../report/figures.ts';
import type { Plan } from '../../../run/plan.ts';
import { printJson } from '../../../text/json.ts';
import type { Prepared } from './audit-plan.ts';
import type { PlanEstimate } from './estimate.ts';
import { estimateOfPlan } from './expected.ts';
import { renderPlan } from './plan-text.ts';

/** The estimate of a plan at the prices of the settings. */
export function estimateOf(prepared: Prepared, settings: Settings): PlanEstimate {
  const { plan, spec: document } = prepared.document;
  const tokens = new Map(
    [...prepared.instructions].map(([id, text]) => [id, estimateTokens(text)]),
  );
  return estimateOfPlan(plan, {
    price: (label) => priceOf(parseName(label, '--subject'), settings.prices),
    briefTokens: (clause) => tokens.get(clause) ?? 0,
    specTokens: estimateTokens(document),
  });
}

/** Says what a run with real models may cost. */
export function announceCost(plan: Plan, prepared: Prepared, settings: Settings): void {
  const estimate = estimateOf(prepared, settings);
  const cost = priceText(estimate.cost);
  const { total } = estimate.calls;
  const extent =
    plan.sequential === undefined
      ? `${estimate.samples} samples, at most ${total} calls, ${cost}`
      : plan.sequential.precision === null
        ? 'As many samples as the budget allows'
        : `About ${estimate.samples} samples and ${total} calls at 85 % adherence, ${cost}; more where rates are nearer to one half`;
  say(`${extent}${ceilingText(settings)}. What is on record is not asked again.`);
}

/** Prints the plan and its estimate. */
export function dryRun(prepared: Prepared, settings: Settings): void {
  const { plan } = prepared.document;
  const estimate = estimateOf(prepared, settings);
  process.stdout.write(
    settings.json ? printJson(estimate) : renderPlan(plan, estimate, screen(process.stdout)),
  );
}
