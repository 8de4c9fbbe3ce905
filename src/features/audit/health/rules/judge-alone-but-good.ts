/** @module features/audit/health/rules/judge-alone-but-good One judge of three or more stands alone, and may be the one that is right. */
import { defineRule } from '../rule.ts';

export const judgeAloneButGood = defineRule({
  code: 'judge-alone-but-good',
  signal: 'judges-disagree',
  when: 'of three judges or more one stands alone, and agrees with people or marks elsewhere',
  faults: ['ambiguity', 'judge'],
  next: 'label-disagreements',
  holds: ({ judges: { alone, divided } }) => (alone === null ? null : { ...alone, divided }),
});
