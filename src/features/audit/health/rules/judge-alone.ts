/** @module features/audit/health/rules/judge-alone One judge of three or more is at fault: it stands alone. */
import { defineRule } from '../rule.ts';

export const judgeAlone = defineRule({
  code: 'judge-alone',
  signal: 'judges-disagree',
  when: 'of three judges or more one stands alone, and is not known to be good elsewhere',
  faults: ['judge'],
  next: 'judge-by-another',
  holds: ({ judges: { alone, divided, reliable } }) =>
    alone === null || reliable.get(alone.judge) === true ? null : { ...alone, divided },
});
