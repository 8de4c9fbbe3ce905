/** @module features/audit/health/rules/judges-divided-one-good Two judges are divided, and one of them is known to err. */
import { defineRule } from '../rule.ts';

export const judgesDividedOneGood = defineRule({
  code: 'judges-divided-one-good',
  signal: 'judges-disagree',
  when: 'two judges disagree, and elsewhere one agrees with people or marks and the other does not',
  faults: ['judge'],
  next: 'judge-by-another',
  holds: ({ judges: { judges, reliable } }) => {
    const erring = judges.filter((judge) => reliable.get(judge) === false);
    const isOneGood = judges.some((judge) => reliable.get(judge) === true);
    return erring.length > 0 && isOneGood ? { erring } : null;
  },
});
