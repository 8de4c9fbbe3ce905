/** @module features/audit/health/rules/judges-divided-both-good Two judges are divided, and both are known to be good. */
import { defineRule } from '../rule.ts';

export const judgesDividedBothGood = defineRule({
  code: 'judges-divided-both-good',
  signal: 'judges-disagree',
  when: 'two judges disagree, and both agree with people or marks elsewhere',
  faults: ['ambiguity'],
  next: 'say-which-reading',
  holds: ({ judges: { judges, families, reliable } }) =>
    judges.every((judge) => reliable.get(judge) === true) ? { judges, families } : null,
});
