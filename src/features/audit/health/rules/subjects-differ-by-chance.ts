/** @module features/audit/health/rules/subjects-differ-by-chance Strong subjects differ, and so does each from itself. */
import { defineRule } from '../rule.ts';

export const subjectsDifferByChance = defineRule({
  code: 'subjects-differ-by-chance',
  signal: 'subjects-differ',
  when: 'strong subjects differ, and each differs as much from itself',
  faults: ['model'],
  next: 'read-transcript',
  holds: ({ subjects: { agreement } }) =>
    agreement.told === 'chance' ? { repeats: agreement.repeats } : null,
});
