/** @module features/audit/health/rules/judges-divided-all-ways Three judges or more are divided, now this way and now that. */
import { defineRule } from '../rule.ts';

export const judgesDividedAllWays = defineRule({
  code: 'judges-divided-all-ways',
  signal: 'judges-disagree',
  when: 'of three judges or more none stands alone',
  faults: ['ambiguity'],
  next: 'say-which-reading',
  holds: ({ judges: { judges, families } }) => (judges.length < 3 ? null : { judges, families }),
});
