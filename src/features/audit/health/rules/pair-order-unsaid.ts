/** @module features/audit/health/rules/pair-order-unsaid Two clauses pull apart, and the lower one does not say that it gives way. */
import { defineRule } from '../rule.ts';

export const pairOrderUnsaid = defineRule({
  code: 'pair-order-unsaid',
  signal: 'pulls-apart',
  when: 'the clauses are of different levels, the higher one wins, and the lower one does not name it',
  faults: ['missing example'],
  next: 'print-examples',
  holds: ({ pairOf }, signal) => {
    const pair = pairOf(signal);
    return pair?.wins === 'higher' && !pair.givesWay ? pair : null;
  },
});
