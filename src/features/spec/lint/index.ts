/**
 * @module features/spec/lint
 * Checks a specification as a linter checks code. Pure: a spec in, findings out.
 */

export { baselineOf, beyondBaseline, printBaseline, readBaseline } from './baseline.ts';
export { applyFixes } from './fixes.ts';
export { type LintOptions, lint, lintSpec } from './lint.ts';
export { PROFILES, RULE_SETTINGS } from './profiles.ts';
export { putRight } from './put-right.ts';
export type { LintFinding } from './types.ts';
