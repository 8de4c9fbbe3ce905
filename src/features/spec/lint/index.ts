/**
 * @module features/spec/lint
 * Checks a specification as a linter checks code. Pure: a spec in, findings out.
 */

export { type Baseline, baselineOf, beyondBaseline, fingerprints } from './baseline.ts';
export { applyFixes } from './fixes.ts';
export { type LintOptions, type LintResult, lint, lintSpec } from './lint.ts';
export {
  type LintProfile,
  PROFILES,
  RULE_SETTINGS,
  type RuleSetting,
} from './profiles.ts';
export type { LintRule, Sample } from './rule.ts';
export { LINT_RULES } from './rules.ts';
export { sampleSource } from './samples.ts';
export { type LevelCoverage, type LintSummary, lintSummary } from './summary.ts';
export type { LintFinding, LintSeverity } from './types.ts';
