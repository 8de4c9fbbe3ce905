/**
 * @module audit/judges
 * Whoever judges in a plan, ready to be asked.
 */
import type { Caller } from '../model/call.ts';
import { type Judge, modelJudge } from './judge.ts';
import type { Plan, PlannedJudge } from './plan.ts';

/** The judges of a plan in its order; `callerOf` gives the model of one. */
export function openJudges(plan: Plan, callerOf: (planned: PlannedJudge) => Caller): Judge[] {
  return plan.judges.map((planned) => modelJudge(callerOf(planned), planned));
}
