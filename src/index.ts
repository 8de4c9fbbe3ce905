/**
 * @module index
 * What other programs can use of Tenet: reading specs, drawing suites, estimating rates, and the types of what
 * the command line prints.
 */
export { type Config, defineConfig } from './app/config.ts';
export { applyDiff, diffSpecs, type SpecDiff } from './features/spec/diff/index.ts';
export { applyFixes, type LintFinding, lintSpec } from './features/spec/lint/index.ts';
export { readConversation, resolve, resolveWith } from './features/spec/resolve/index.ts';
export {
  compilePrompt,
  effectiveSpec,
  readProfile,
} from './features/spec/resolve/profile/index.ts';
export type { Report } from './report/schema.ts';
export { drawSuite } from './run/suite/draw.ts';
export { readSuite, writeSuite } from './run/suite/files.ts';
export type { Exclusion, Scenario, Suite } from './run/suite/scenario.ts';
export * from './spec/index.ts';
export * from './stats/index.ts';
