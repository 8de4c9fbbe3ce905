/** @module features/audit/health/rules/one-cannot-tell One judge can not tell where others can. */
import { defineRule } from '../rule.ts';

export const oneCannotTell = defineRule({
  code: 'one-cannot-tell',
  signal: 'abstains',
  when: 'of several judges one says that it cannot tell',
  faults: ['judge'],
  next: 'judge-by-another',
  holds: ({ judges: { abstaining, judges } }) =>
    judges.length < 2 ? null : { abstaining, judges },
});
