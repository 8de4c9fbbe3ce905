/**
 * @module index
 * Tenet from your own program: audit models, judge transcripts, read specs. Rooms have faces of their own, such as
 * `tenet/spec` and `tenet/stats`, which also run in a browser.
 *
 * @example
 * import { audit, defineProvider } from 'tenet';
 * const bot = defineProvider({ name: 'bot', version: '1', call: async ({ messages }) => answer(messages) });
 * const { outcome, report } = await audit({
 *   spec: { path: 'spec.md' }, subjects: [bot], judges: ['anthropic:claude-sonnet-4-5'], limit: 20,
 * }).result;
 */
export { TenetError, type Where } from './app/errors.ts';
export { applyDiff, diffSpecs, type SpecDiff } from './features/spec/diff/index.ts';
export {
  applyFixes,
  baselineOf,
  beyondBaseline,
  type LintFinding,
  lintSpec,
  printBaseline,
  putRight,
  readBaseline,
} from './features/spec/lint/index.ts';
export {
  compilePrompt,
  effectiveSpec,
  readConversation,
  readProfile,
  resolve,
  resolveWith,
} from './features/spec/resolve/index.ts';
export type { Citation, Severity } from './ledger/records.ts';
export type { TranscriptEvent, TranscriptLog, TranscriptMessage } from './ledger/transcript.ts';
export {
  type AuditEvent,
  type AuditInput,
  type AuditResult,
  type AuditRun,
  audit,
  type Cause,
  type PlanSummary,
  type RunId,
} from './library/audit.ts';
export { type Config, defineConfig } from './library/config.ts';
export { type JudgeInput, judge, type Verdict } from './library/judge.ts';
export { type Ledger, openLedger } from './library/ledger.ts';
export type { JudgeGiven, Subject } from './library/who.ts';
export { type CustomModel, defineProvider, type Supports } from './model/custom.ts';
export type { Price } from './model/prices.ts';
export type { Answer, ModelRequest, Parameters, Provider } from './model/types.ts';
export type { Report } from './report/schema.ts';
export {
  defineJudge,
  type FunctionJudge as Judge,
  type FunctionJudgement as Judgement,
  type FunctionQuestion as Question,
} from './run/judging/function-judge.ts';
export { drawSuite } from './run/suite/draw.ts';
export { readSuite, writeSuite } from './run/suite/files.ts';
export type { Scenario } from './run/suite/scenario.ts';
export type { Exclusion, Suite } from './run/suite/suite.ts';
export { type Reader, type Transcript, type View, view } from './run/transcript/view.ts';
export * from './spec/index.ts';
export * from './stats/index.ts';
