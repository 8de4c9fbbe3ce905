/** @module features/audit/health/rules/pair-order-turned Two clauses pull apart, and the lower one wins against the order of the levels. */
import { defineRule } from '../rule.ts';

export const pairOrderTurned = defineRule({
  code: 'pair-order-turned',
  signal: 'pulls-apart',
  when: 'the clauses are of different levels, and the lower one wins',
  faults: ['model'],
  next: 'read-transcript',
  holds: ({ pairOf }, signal) => {
    const pair = pairOf(signal);
    return pair?.wins === 'lower' ? pair : null;
  },
});
