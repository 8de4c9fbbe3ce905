/** @module features/audit/health/rules/bad-passes-several Several judges err on one reply: replies known to break the clause pass. */
import { defineRule } from '../rule.ts';

export const badPassesSeveral = defineRule({
  code: 'bad-passes-several',
  signal: 'bad-passes',
  when: 'replies known to break it are passed, one of them by two judges or more',
  faults: ['ambiguity'],
  next: 'say-which-reading',
  holds: ({ known }) => {
    const wrong = known['bad-passes']?.items.find(({ judges }) => judges.length > 1);
    return wrong ?? null;
  },
});
