/** @module features/audit/health/rules/all-fail-not-shown All subjects fail on a clause that does not show what it asks. */
import { defineRule } from '../rule.ts';

export const allFailNotShown = defineRule({
  code: 'all-fail-not-shown',
  signal: 'violated',
  when: 'all subjects violate it, judges read it alike, and its text shows no good or no bad reply',
  faults: ['missing example'],
  next: 'print-examples',
  holds: ({ subjects, judgesAgree, printed, subjectOf }, signal) =>
    subjects.allFail && judgesAgree ? { subject: subjectOf(signal), ...printed } : null,
});
