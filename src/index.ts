/**
 * @module tenet
 * What other programs can use of Tenet: reading specs, drawing suites, estimating rates, and the types of what
 * the command line prints.
 */
export { type Config, defineConfig } from './cli/config.ts';
export type { Report } from './report/report.ts';
export { applyDiff, diffSpecs, type SpecDiff } from './spec/diff/index.ts';
export * from './spec/index.ts';
export { applyFixes, type LintFinding, lintSpec } from './spec/lint/index.ts';
export { compilePrompt, effectiveSpec, readProfile } from './spec/profile/index.ts';
export { readConversation, resolve, resolveWith } from './spec/resolve/index.ts';
export * from './stats/index.ts';
export { drawSuite } from './suite/draw.ts';
export { readSuite, writeSuite } from './suite/files.ts';
export type { Exclusion, Scenario, Suite } from './suite/scenario.ts';
