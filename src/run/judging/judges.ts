/**
 * @module run/judging/judges
 * Whoever judges in a plan, ready to be asked.
 */
import type { Caller } from '../../model/call.ts';
import type { Plan, PlannedJudge, PlannedRubric } from '../plan.ts';
import { batchingJudge } from './batch/ask.ts';
import { type Judge, modelJudge } from './judge.ts';
import { codeJudge } from './rubric/code-judge.ts';

/** The judge that is the checks of a plan's rubrics. */
const CODE_JUDGE: Omit<PlannedJudge, 'prompt'> = {
  name: 'code',
  label: 'code',
  family: null,
  simulated: false,
  parameters: {},
  by: 'code',
};

/** Whether some of these clauses has no checks, so that a model must judge it. */
export function needModel(clauses: readonly string[], rubrics: readonly PlannedRubric[]): boolean {
  const byCode = new Set(rubrics.filter((rubric) => rubric.byCode).map(({ clause }) => clause));
  return clauses.some((clause) => !byCode.has(clause));
}

/** These models, and code after them where a rubric has checks. */
export function withCode<Model extends Omit<PlannedJudge, 'prompt'>>(
  models: readonly Model[],
  rubrics: readonly PlannedRubric[],
): Omit<PlannedJudge, 'prompt'>[] {
  return rubrics.some(({ byCode }) => byCode) ? [...models, CODE_JUDGE] : [...models];
}

/** The judges of a plan in its order; `callerOf` gives the model of one that is a model. */
export function openJudges(plan: Plan, callerOf: (planned: PlannedJudge) => Caller): Judge[] {
  return plan.judges.map((planned) =>
    planned.by === 'code'
      ? codeJudge(plan)
      : plan.batch === undefined
        ? modelJudge(callerOf(planned), planned)
        : batchingJudge(callerOf(planned), planned, plan.batch.size),
  );
}
