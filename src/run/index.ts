/**
 * @module run
 * The way of a run: a suite of scenarios, a plan, transcripts, verdicts, and what they come to.
 *
 * @example
 * const suite = drawSuite(readSpec(text));
 */
export {
  type Execution,
  type ExecutionEnd,
  execute,
  type StopSignals,
} from './execute.ts';
export {
  defineJudge,
  type FunctionJudge,
  type FunctionJudgement,
  type FunctionQuestion,
} from './judging/function-judge.ts';
export { type Judge, type JudgeQuestion, type JudgeResult, modelJudge } from './judging/judge.ts';
export { type JudgeAccess, openJudges } from './judging/judges.ts';
export {
  modelJudgesOf,
  type Plan,
  type PlanInput,
  type PlannedJudge,
  type PlannedSubject,
  planAudit,
  sampleAt,
  sampleCount,
  transcriptId,
} from './plan.ts';
export { askingRollout, openingMessages, type Rollout, type RolloutResult } from './rollout.ts';
export {
  carryOut,
  createRun,
  instructionsOf,
  type PlanDocument,
  planDocument,
  specOf,
  tallyRun,
} from './run.ts';
export { drawSuite } from './suite/draw.ts';
export { readSuite, writeSuite } from './suite/files.ts';
export type { Scenario } from './suite/scenario.ts';
export { limitScenarios, onlyClauses } from './suite/select.ts';
export type { Exclusion, Suite } from './suite/suite.ts';
export { type Tally, tally } from './tally.ts';
