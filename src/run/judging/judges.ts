/**
 * @module run/judging/judges
 * Whoever judges in a plan, ready to be asked.
 */
import type { Caller } from '../../model/call.ts';
import { clausesOf, type Spec } from '../../spec/index.ts';
import { type Plan, type PlannedJudge, type PlannedRubric, sampleAt } from '../plan.ts';
import { batchingJudge } from './batch/ask.ts';
import { type FunctionJudge, functionJudge } from './function-judge.ts';
import { type Judge, type JudgeQuestion, modelJudge } from './judge.ts';
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

/** How the judges of a plan are reached. */
export interface JudgeAccess {
  /** The caller of one that is a model. */
  callerOf: (planned: PlannedJudge) => Caller;
  /** The function of one that is a function. Throws where it is not defined. */
  functionOf?: (planned: PlannedJudge) => FunctionJudge;
  /** The spec that functions are shown the clauses of. */
  spec?: Spec;
}

/** The judges of a plan in its order. */
export function openJudges(plan: Plan, { callerOf, functionOf, spec }: JudgeAccess): Judge[] {
  const isFunction = plan.judges.some(({ by }) => by === 'function');
  const clauses = new Map(
    (isFunction && spec !== undefined ? clausesOf(spec) : []).map((clause) => [clause.id, clause]),
  );
  return plan.judges.map((planned) => {
    switch (planned.by) {
      case 'code':
        return codeJudge(plan);
      case 'function': {
        if (functionOf === undefined || spec === undefined) {
          throw new RangeError(`the judge ${planned.label} is a function that is not defined here`);
        }
        const scenarioOf = ({ sample }: JudgeQuestion) => sampleAt(plan, sample).scenario;
        return functionJudge(functionOf(planned), (id) => clauses.get(id), scenarioOf);
      }
      default:
        return plan.batch === undefined
          ? modelJudge(callerOf(planned), planned)
          : batchingJudge(callerOf(planned), planned, plan.batch.size);
    }
  });
}
