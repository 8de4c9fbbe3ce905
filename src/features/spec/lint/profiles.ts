/** @module features/spec/lint/profiles Which rules count, and how much, for which kind of spec. */
import type { Spec } from '../../../spec/types.ts';
import type { LintRule } from './rule.ts';
import type { LintSeverity } from './types.ts';

/** Kinds of specs, each with its own idea of what is wrong. */
export const PROFILES = ['openai', 'constitution', 'strict', 'eu-gpai'] as const;

export type LintProfile = (typeof PROFILES)[number];

/** What may be said about one rule: off, or how severe its findings are. */
export type RuleSetting = 'off' | LintSeverity;

/** Settings in words. */
export const RULE_SETTINGS: readonly RuleSetting[] = ['off', 'information', 'warning', 'error'];

/** Prose without ids, levels, examples and eval prompts lacks none of these. */
const FORMAL = new Set('S001 S003 S004 S005 S006 S007 S020 S021 S031 S036 S037 S043'.split(' '));

/** Beside the checklist of the EU's code of practice: what would keep a spec from being read as it was meant. */
const CHECKLIST_COMPANIONS = new Set('S002 S009 S018 S019 S040 S041 S044 S048'.split(' '));
const isChecklist = (id: string): boolean => id.startsWith('E');

/** Dialects whose headings carry ids and levels and whose clauses carry examples. */
const FORMAL_DIALECTS: ReadonlySet<string> = new Set(['model-spec', 'tenet']);

/** The profile for a spec where nobody names one: what prose never has, it does not lack. */
export function profileOf(spec: Spec): LintProfile {
  if (!FORMAL_DIALECTS.has(spec.dialect)) return 'constitution';
  const missing = spec.diagnostics.filter(({ code }) => code === 'heading-without-id').length;
  return missing * 2 > spec.sections.length ? 'constitution' : 'openai';
}

/** The setting of a rule in a profile; null where the rule's own severity holds. */
export function settingIn(profile: LintProfile, rule: LintRule): RuleSetting | null {
  if (profile === 'eu-gpai') {
    return isChecklist(rule.id) || CHECKLIST_COMPANIONS.has(rule.id) ? null : 'off';
  }
  if (isChecklist(rule.id)) return 'off';
  if (profile === 'constitution' && FORMAL.has(rule.id)) return 'off';
  return null;
}

/** What a severity is raised to: under `strict` a warning fails the check. */
export function severityIn(profile: LintProfile, severity: LintSeverity): LintSeverity {
  return profile === 'strict' && severity === 'warning' ? 'error' : severity;
}
