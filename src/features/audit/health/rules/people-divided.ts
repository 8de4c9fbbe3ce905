/** @module features/audit/health/rules/people-divided People read the clause differently. */
import { always, defineRule } from '../rule.ts';

export const peopleDivided = defineRule({
  code: 'people-divided',
  signal: 'people-disagree',
  when: 'people disagree with one another',
  faults: ['ambiguity'],
  next: 'say-which-reading',
  holds: always,
});
