/** @module features/audit/health/rules/pair-same-level Two clauses of one level pull apart: nobody can keep both. */
import { defineRule } from '../rule.ts';

export const pairSameLevel = defineRule({
  code: 'pair-same-level',
  signal: 'pulls-apart',
  when: 'keeping one clause goes with breaking another of the same level',
  faults: ['contradiction'],
  next: 'say-which-gives-way',
  holds: ({ pairOf }, signal) => {
    const pair = pairOf(signal);
    return pair?.sameLevel === true ? pair : null;
  },
});
