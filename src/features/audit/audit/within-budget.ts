/** @module features/audit/audit/within-budget Whether an audit settles its samples beforehand or as it goes. */
import type { Prepared } from '../../../app/prepare-audit.ts';
import type { SequentialPlan } from '../../../run/plan.ts';
import type { AuditArguments } from './arguments.ts';
import { problem } from './messages.ts';

const HALF = 0.5;

/** The sequential part of the plan that the arguments ask for; undefined where they ask for a fixed plan. */
export function sequentialFrom({
  precision,
  bound,
}: Pick<AuditArguments, 'precision' | 'bound'>): SequentialPlan | undefined {
  if (precision === undefined) {
    if (bound === undefined) return undefined;
    throw problem('bound-alone', {});
  }
  if (precision >= HALF) throw problem('precision-too-wide', { precision });
  return { precision, bound: bound ?? null };
}

/** Refuses what an interval would not hold for. */
export function refuseLatentSequential({ document }: Prepared): void {
  const { sequential, consensus } = document.plan;
  if (sequential !== undefined && consensus === 'latent') throw problem('latent-sequential', {});
}

/**
 * Where a budget is given and the plan would cost more, and nobody said how often each scenario is to be asked, the
 * budget is spent where it teaches most. Gives what the plan would cost then, in US dollars; else null.
 */
export function costBeyondBudget(
  { document }: Prepared,
  settings: { budget: number | null; isSettled: boolean },
  costOf: () => number | null,
): number | null {
  const { sequential, consensus } = document.plan;
  const { budget, isSettled } = settings;
  if (budget === null || isSettled || sequential !== undefined || consensus === 'latent')
    return null;
  const cost = costOf();
  return cost === null || cost <= budget ? null : cost;
}
