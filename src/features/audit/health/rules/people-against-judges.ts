/** @module features/audit/health/rules/people-against-judges People and judges read the clause differently. */
import { always, defineRule } from '../rule.ts';

export const peopleAgainstJudges = defineRule({
  code: 'people-against-judges',
  signal: 'people-against-judges',
  when: 'people say otherwise than the judges, and not otherwise than one another',
  faults: ['judge'],
  next: 'judge-by-another',
  holds: always,
});
