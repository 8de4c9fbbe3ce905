/** @module features/audit/health/rules/only-judge-cannot-tell The only judge can not tell. */
import { always, defineRule } from '../rule.ts';

export const onlyJudgeCannotTell = defineRule({
  code: 'only-judge-cannot-tell',
  signal: 'abstains',
  when: 'the only judge says that it cannot tell',
  faults: ['ambiguity', 'judge'],
  next: 'label-disagreements',
  holds: always,
});
