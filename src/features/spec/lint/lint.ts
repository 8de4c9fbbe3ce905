/** @module features/spec/lint/lint Runs the rules over a spec. */
import type { Spec } from '../../../spec/types.ts';
import { lintContext } from './context.ts';
import {
  type LintProfile,
  profileOf,
  type RuleSetting,
  settingIn,
  severityIn,
} from './profiles.ts';
import type { Found, LintRule } from './rule.ts';
import { LINT_RULES } from './rules.ts';
import { applySuppressions } from './suppressions.ts';
import type { LintFinding, LintSeverity } from './types.ts';

/** How to lint. */
export interface LintOptions {
  /** The one that fits the spec if absent (`profileOf`). */
  profile?: LintProfile;
  /** Settings of single rules by id; they win over the profile. */
  rules?: Readonly<Record<string, RuleSetting>>;
}

/** What a lint says. */
export interface LintResult {
  profile: LintProfile;
  /** The document's first, then those of eval-prompt files, each in reading order. */
  findings: LintFinding[];
  /** Findings that comments in the text overlook, with a reason. */
  suppressed: LintFinding[];
}

const RULE_IDS: ReadonlySet<string> = new Set(LINT_RULES.map(({ id }) => id));
const DATA_DIALECTS: ReadonlySet<string> = new Set(['json', 'jsonl', 'yaml', 'speceval']);

/** What is wrong with a spec, in reading order; comments in its text that suppress findings are obeyed. */
export function lintSpec(spec: Spec, options: LintOptions = {}): LintFinding[] {
  return lint(spec, options).findings;
}

/** As `lintSpec`, with what was suppressed and the profile that was used. */
export function lint(spec: Spec, options: LintOptions = {}): LintResult {
  const profile = options.profile ?? profileOf(spec);
  const context = lintContext(spec);
  // An edit of words would break the notation of data around them.
  const isData = DATA_DIALECTS.has(spec.dialect);
  const found: LintFinding[] = [];
  const severityOf = (
    rule: LintRule,
    section: string | null,
    own?: LintSeverity,
  ): LintSeverity | null => {
    const setting = options.rules?.[rule.id] ?? settingIn(profile, rule);
    if (setting === 'off') return null;
    if (setting !== null) return setting;
    const level = section === null ? null : (levels.get(section) ?? null);
    const weighed = rule.severityByLevel?.[context.standingOf(level)];
    return severityIn(profile, own ?? weighed ?? rule.severity);
  };
  const levels = new Map(spec.sections.map(({ id, level }) => [id, level]));
  const toFinding = (rule: LintRule, one: Found): LintFinding[] => {
    const { file = spec.file, span, message, code, data, fix } = one;
    const inDocument =
      file === spec.file ? (context.sectionAt(span.start.offset)?.id ?? null) : null;
    const section = one.section === undefined ? inDocument : one.section;
    const severity = severityOf(rule, section, one.severity);
    if (severity === null) return [];
    const finding = { rule: rule.id, severity, message, code, data, file, span, section };
    return [fix === undefined || isData ? finding : { ...finding, fix }];
  };
  for (const rule of LINT_RULES) {
    if ((options.rules?.[rule.id] ?? settingIn(profile, rule)) === 'off') continue;
    for (const one of rule.check(context)) found.push(...toFinding(rule, one));
  }
  const { kept, suppressed, remarks } = applySuppressions(context, found, RULE_IDS);
  const said = remarks.flatMap(({ rule, found: one }) => toFinding(rule, one));
  return { profile, findings: [...kept, ...said].sort(inOrder(spec.file)), suppressed };
}

function inOrder(document: string): (a: LintFinding, b: LintFinding) => number {
  return (a, b) =>
    Number(a.file !== document) - Number(b.file !== document) ||
    compare(a.file, b.file) ||
    a.span.start.offset - b.span.start.offset ||
    compare(a.rule, b.rule);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
