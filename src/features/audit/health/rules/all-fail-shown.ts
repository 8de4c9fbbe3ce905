/** @module features/audit/health/rules/all-fail-shown All subjects fail, though the clause shows what it asks. */
import { defineRule } from '../rule.ts';

export const allFailShown = defineRule({
  code: 'all-fail-shown',
  signal: 'violated',
  when: 'all subjects violate it, judges read it alike, and its text shows a good and a bad reply',
  faults: ['model'],
  next: 'read-transcript',
  holds: ({ subjects, judgesAgree, printed, subjectOf }, signal) =>
    subjects.allFail && judgesAgree && printed.good > 0 && printed.bad > 0
      ? { subject: subjectOf(signal) }
      : null,
});
