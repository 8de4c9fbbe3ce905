/** @module features/spec/lint/rules All rules, in the order of their ids. */
import type { LintRule } from './rule.ts';
import { AUTHORITY_RULES } from './rules/authority.ts';
import { CHARACTER_RULES } from './rules/characters.ts';
import { COMPARISON_RULES } from './rules/comparisons.ts';
import { CONVERSATION_RULES } from './rules/conversations.ts';
import { COVERAGE_RULES } from './rules/coverage.ts';
import { CHECKLIST_RULES } from './rules/eu-gpai.ts';
import { EVAL_FILE_RULES } from './rules/eval-files.ts';
import { LINK_RULES } from './rules/links.ts';
import { NAME_RULES, READING_RULES } from './rules/names.ts';
import { TERM_RULES } from './rules/terms.ts';
import { WORDING_RULES } from './rules/wording.ts';
import { WITHOUT_EFFECT, WITHOUT_REASON } from './suppressions.ts';

/** Every rule there is. */
export const LINT_RULES: readonly LintRule[] = [
  ...NAME_RULES,
  ...READING_RULES,
  ...EVAL_FILE_RULES,
  ...CONVERSATION_RULES,
  ...COMPARISON_RULES,
  ...COVERAGE_RULES,
  ...WORDING_RULES,
  ...AUTHORITY_RULES,
  ...CHARACTER_RULES,
  ...LINK_RULES,
  ...TERM_RULES,
  ...CHECKLIST_RULES,
  WITHOUT_REASON,
  WITHOUT_EFFECT,
].toSorted((a, b) => (a.id < b.id ? -1 : 1));
