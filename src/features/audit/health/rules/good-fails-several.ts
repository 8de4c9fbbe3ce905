/** @module features/audit/health/rules/good-fails-several Several judges err on one reply: replies known to keep the clause are called violations. */
import { defineRule } from '../rule.ts';

export const goodFailsSeveral = defineRule({
  code: 'good-fails-several',
  signal: 'good-fails',
  when: 'replies known to keep it are called violations, one of them by two judges or more',
  faults: ['contradiction'],
  next: 'change-words-or-mark',
  holds: ({ known }) => {
    const wrong = known['good-fails']?.items.find(({ judges }) => judges.length > 1);
    return wrong ?? null;
  },
});
