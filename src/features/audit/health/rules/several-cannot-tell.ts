/** @module features/audit/health/rules/several-cannot-tell Several judges can not tell whether the clause is kept. */
import { defineRule } from '../rule.ts';

export const severalCannotTell = defineRule({
  code: 'several-cannot-tell',
  signal: 'abstains',
  when: 'two judges or more say several times that they cannot tell',
  faults: ['ambiguity'],
  next: 'say-which-reading',
  holds: ({ judges: { abstaining } }) => (abstaining.length < 2 ? null : { abstaining }),
});
