/**
 * @module features/audit/audit/choose-sequential
 * Whether an audit settles its samples beforehand or as it goes.
 */

import { Problem } from '../../../app/problem.ts';
import type { Settings } from '../../../app/settings.ts';
import { say } from '../../../cli/terminal.ts';
import { dollars } from '../../../report/figures.ts';
import type { SequentialPlan } from '../../../run/plan.ts';
import { estimateOf } from './audit-estimate.ts';
import type { AuditFlags } from './audit-flags.ts';
import { type Prepared, prepare } from './audit-plan.ts';

const HALF = 0.5;

/** The sequential part of the plan that the flags ask for, or undefined where they ask for a fixed plan. */
function sequentialFrom(flags: AuditFlags): SequentialPlan | undefined {
  const { precision, bound } = flags;
  if (precision === undefined) {
    if (bound === undefined) return undefined;
    throw new Problem(
      '--bound: a bound says when to stop early, so it needs --precision, such as --precision 0.05.',
    );
  }
  if (precision >= HALF) {
    throw new Problem(
      `--precision ${precision}: half the width of an interval, so it must be under 0.5. Write 0.05 for ±5 points.`,
    );
  }
  return { precision, bound: bound ?? null };
}

/**
 * The plan that the flags ask for. Where a budget is given and the plan would cost more, and nobody said how often
 * each scenario is to be asked, it becomes a sequential one that spends the budget where it teaches most.
 */
export function prepareWithinBudget(flags: AuditFlags, settings: Settings): Prepared {
  const prepared = prepare(flags, settings, sequentialFrom(flags));
  const { budget, config } = settings;
  const { sequential, consensus } = prepared.document.plan;
  if (sequential !== undefined && consensus === 'latent') {
    throw new Problem(
      '--precision: a latent consensus changes earlier verdicts as later ones come in, and an interval would not hold. Use --consensus majority or unanimity.',
    );
  }
  const settled =
    flags.repeats !== undefined || config.repeats !== undefined || typeof flags.resume === 'string';
  if (budget === null || settled || sequential !== undefined || consensus === 'latent') {
    return prepared;
  }
  const { cost } = estimateOf(prepared, settings);
  if (cost === null || cost <= budget) return prepared;
  say(
    `Asking every scenario once would cost about ${dollars(cost)}, more than the budget of ${dollars(budget)}. Calls go where intervals are widest until it is spent; --repeats 1 asks in order instead.`,
  );
  return prepare(flags, settings, { precision: null, bound: null });
}
