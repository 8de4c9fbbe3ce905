/** @module features/audit/health/rules/one-subject A subject fails, and there is no other to hold it against. */
import { defineRule } from '../rule.ts';

export const oneSubject = defineRule({
  code: 'one-subject',
  signal: 'violated',
  when: 'a subject violates it, and no other keeps it',
  faults: ['missing example', 'model'],
  next: 'another-subject-or-repeats',
  holds: ({ subjects: { failing } }) => ({ failing: failing.map(({ subject }) => subject) }),
});
