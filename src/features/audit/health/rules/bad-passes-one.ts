/** @module features/audit/health/rules/bad-passes-one One judge of several errs alone: replies known to break the clause pass. */
import { defineRule } from '../rule.ts';

export const badPassesOne = defineRule({
  code: 'bad-passes-one',
  signal: 'bad-passes',
  when: 'replies known to break it are passed by one of several measured judges alone',
  faults: ['judge'],
  next: 'judge-by-another',
  holds: ({ known }) => {
    const { judges = [], wrongJudges = [] } = known['bad-passes'] ?? {};
    const [judge] = wrongJudges;
    return judges.length > 1 && wrongJudges.length === 1 && judge !== undefined
      ? { judge, others: judges.length - 1 }
      : null;
  },
});
