/** @module features/audit/health/rules/pair-no-winner Two clauses of different levels pull apart, and neither wins. */
import { defineRule } from '../rule.ts';

export const pairNoWinner = defineRule({
  code: 'pair-no-winner',
  signal: 'pulls-apart',
  when: 'the clauses are of different levels, and neither wins',
  faults: ['missing example', 'model'],
  next: 'another-subject-or-repeats',
  holds: ({ pairOf }, signal) => {
    const pair = pairOf(signal);
    return pair?.sameLevel === false && pair.wins === null ? pair : null;
  },
});
