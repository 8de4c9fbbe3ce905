/** @module features/audit/health/rules/all-fail All subjects fail, as far as one judge can tell. */
import { defineRule } from '../rule.ts';

export const allFail = defineRule({
  code: 'all-fail',
  signal: 'violated',
  when: 'all subjects violate it, and no two judges were held against each other',
  faults: ['ambiguity', 'model'],
  next: 'add-judge',
  holds: ({ subjects, subjectOf }, signal) =>
    subjects.allFail ? { subject: subjectOf(signal) } : null,
});
