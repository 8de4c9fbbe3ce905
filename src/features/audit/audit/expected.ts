/**
 * @module features/audit/audit/expected
 * What a sequential plan will take, as far as that can be told before it is known how clauses turn out.
 */

import { clauseAt, type Plan, type SequentialPlan } from '../../../run/plan.ts';
import { stopCauseOf } from '../../../run/sequential/allocate.ts';
import { createDraws } from '../../../run/sequential/draws.ts';
import { followCell } from '../../../run/sequential/evidence.ts';
import { valueAt } from '../../../text/at.ts';
import { type EstimateSettings, estimatePlan } from './estimate.ts';
import type { PlanEstimate } from './schema.ts';

/**
 * The estimate of a plan, fixed or sequential. For a sequential one every clause is taken to have the adherence that
 * all estimates assume, and to be drawn for until its interval is narrow enough, or until its scenarios have all been
 * asked as often as allowed. Where only a budget ends it, the estimate is of asking every scenario once.
 */
export function estimateOfPlan(plan: Plan, settings: EstimateSettings): PlanEstimate {
  const { sequential, ...rest } = plan;
  if (sequential === undefined) return estimatePlan(plan, settings);
  const { detectable: _, ...once } = estimatePlan({ ...rest, repeats: 1 }, settings);
  const { precision } = sequential;
  const drawsPerClause =
    precision === null ? null : expectedDraws(sequential, once.assumed.adherence);
  const factor = drawsPerClause === null ? 1 : drawnSamples(plan, drawsPerClause) / once.samples;
  return {
    ...scaled(once, factor),
    sequential: { ...sequential, ceiling: plan.repeats, drawsPerClause },
    expectedWidth: {
      ...once.expectedWidth,
      overall: { ...once.expectedWidth.overall, width: null },
      levels: once.expectedWidth.levels.map((level) => ({ ...level, width: null })),
      medianClause: precision === null ? null : 2 * precision,
    },
  };
}

/** Draws until a clause of this rate is settled, were its verdicts to come as evenly as they can. */
function expectedDraws(sequential: SequentialPlan, rate: number): number {
  const follower = followCell(sequential);
  const samples: number[] = [];
  for (;;) {
    samples.push(samples.length);
    const evidence = follower.read(samples, (draw) =>
      Math.floor((draw + 1) * rate) > Math.floor(draw * rate) ? 'adheres' : 'violates',
    );
    const state = { ...evidence, exhausted: false, stopped: null };
    if (stopCauseOf(state, { ...sequential, bound: null }) !== null) return samples.length;
  }
}

function drawnSamples(plan: Plan, draws: number): number {
  const { cells } = createDraws(plan);
  const tested = Iterator.from(plan.suite.scenarios).flatMap(({ clauses }) => clauses);
  const scenarios = Map.groupBy(tested, (id) => id);
  return cells.reduce((sum, { clause }) => {
    const own = valueAt(scenarios, clauseAt(plan, clause).id);
    return sum + Math.min(draws, own.length * plan.repeats);
  }, 0);
}

function scaled(estimate: PlanEstimate, factor: number): PlanEstimate {
  const whole = (number: number): number => Math.ceil(number * factor);
  const tokens = ({ input, output }: PlanEstimate['tokens']) => ({
    input: input * factor,
    output: output * factor,
  });
  const cost = (amount: number | null): number | null => (amount === null ? null : amount * factor);
  const { calls, saving } = estimate;
  const [subjects, judges] = [whole(calls.subjects), whole(calls.judges)];
  return {
    ...estimate,
    samples: whole(estimate.samples),
    calls: { subjects, judges, total: subjects + judges },
    models: estimate.models.map((model) => ({
      ...model,
      calls: whole(model.calls),
      tokens: tokens(model.tokens),
      cost: cost(model.cost),
    })),
    tokens: tokens(estimate.tokens),
    cost: cost(estimate.cost),
    saving: {
      ...saving,
      judgeTokens: saving.judgeTokens * factor,
      wholeSpecTokens: saving.wholeSpecTokens * factor,
    },
  };
}
