/** @module features/audit/health/rules/subjects-differ Strong subjects differ, perhaps by chance. */
import { defineRule } from '../rule.ts';

export const subjectsDiffer = defineRule({
  code: 'subjects-differ',
  signal: 'subjects-differ',
  when: 'strong subjects differ, and there are too few repeats to say whether by chance',
  faults: ['missing example', 'model'],
  next: 'another-subject-or-repeats',
  holds: ({ subjects: { agreement } }) => ({ repeats: agreement.repeats }),
});
