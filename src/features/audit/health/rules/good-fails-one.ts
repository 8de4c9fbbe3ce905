/** @module features/audit/health/rules/good-fails-one One judge of several errs alone: replies known to keep the clause are called violations. */
import { defineRule } from '../rule.ts';

export const goodFailsOne = defineRule({
  code: 'good-fails-one',
  signal: 'good-fails',
  when: 'replies known to keep it are called violations by one of several measured judges alone',
  faults: ['judge'],
  next: 'judge-by-another',
  holds: ({ known }) => {
    const { judges = [], wrongJudges = [] } = known['good-fails'] ?? {};
    const [judge] = wrongJudges;
    return judges.length > 1 && wrongJudges.length === 1 && judge !== undefined
      ? { judge, others: judges.length - 1 }
      : null;
  },
});
