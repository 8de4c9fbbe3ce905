/** @module features/audit/health/rules/subject-alone One subject fails where another does not. */
import { defineRule } from '../rule.ts';

export const subjectAlone = defineRule({
  code: 'subject-alone',
  signal: 'violated',
  when: 'a subject violates it while another keeps it',
  faults: ['model'],
  next: 'read-transcript',
  holds: ({ subjects: { failing, keeping } }) =>
    keeping.length === 0 ? null : { failing, keeping },
});
