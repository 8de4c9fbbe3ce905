/**
 * @module features/audit/health/rules
 * The decision table: the first row that holds for a clause is what it is told as.
 */
import type { Rule } from './diagnosis.ts';
import { JUDGE_RULES } from './rules/judges.ts';
import { MARK_RULES } from './rules/marks.ts';
import { PAIR_RULES } from './rules/pairs.ts';
import { SUBJECT_RULES } from './rules/subjects.ts';

/** All rows, in order. */
export const RULES: readonly Rule[] = [
  ...PAIR_RULES,
  ...MARK_RULES,
  ...JUDGE_RULES,
  ...SUBJECT_RULES,
];
