/** @module features/audit/health/rules/not-applicable Scenarios put what the clause is not about. */
import { always, defineRule } from '../rule.ts';

export const notApplicable = defineRule({
  code: 'not-applicable',
  signal: 'not-applicable',
  when: 'judges say that the clause does not apply to what its scenarios put',
  faults: ['scenario'],
  next: 'mend-scenarios',
  holds: always,
});
