/** @module features/audit/health/rules/judges-divided Two judges are divided, and nothing is known of either. */
import { defineRule } from '../rule.ts';

export const judgesDivided = defineRule({
  code: 'judges-divided',
  signal: 'judges-disagree',
  when: 'two judges disagree, and nothing says which can be believed',
  faults: ['ambiguity', 'judge'],
  next: 'label-disagreements',
  holds: ({ judges: { judges, families } }) => ({ judges, families }),
});
