/** @module features/audit/health/rules/pairs Rows of the decision table about clauses that pull apart. */
import type { Rule } from '../diagnosis.ts';

export const PAIR_RULES: readonly Rule[] = [
  {
    id: 'pair-same-level',
    faults: ['contradiction'],
    signal: 'pulls-apart',
    when: 'keeping one clause goes with breaking another of the same level',
    because: (_, signal, words) => {
      const pair = words.pair(signal);
      return pair?.sameLevel === true
        ? `it and ${words.clause(signal.partner ?? -1)} stand on one level and pull apart: ${pair.counts}`
        : null;
    },
  },
  {
    id: 'pair-order-unsaid',
    faults: ['missing example'],
    signal: 'pulls-apart',
    when: 'the clauses are of different levels, the higher one wins, and the lower one does not name it',
    because: (_, signal, words) => {
      const pair = words.pair(signal);
      if (pair?.wins !== 'higher' || pair.givesWay) return null;
      return `it pulls apart from ${words.clause(signal.partner ?? -1)} (${pair.counts}); the higher clause wins, as its level says, but ${words.clause(pair.lower)} neither names it nor shows it`;
    },
  },
  {
    id: 'pair-order-turned',
    faults: ['model'],
    signal: 'pulls-apart',
    when: 'the clauses are of different levels, and the lower one wins',
    because: (_, signal, words) => {
      const pair = words.pair(signal);
      return pair?.wins === 'lower'
        ? `where it pulls apart from ${words.clause(signal.partner ?? -1)} the lower clause wins against the order of the levels: ${pair.counts}`
        : null;
    },
  },
  {
    id: 'pair-no-winner',
    faults: ['missing example', 'model'],
    signal: 'pulls-apart',
    when: 'the clauses are of different levels, and neither wins',
    because: (_, signal, words) => {
      const pair = words.pair(signal);
      return pair?.sameLevel === false && pair.wins === null
        ? `it pulls apart from ${words.clause(signal.partner ?? -1)}, which is of another level, and neither wins: ${pair.counts}`
        : null;
    },
  },
];
