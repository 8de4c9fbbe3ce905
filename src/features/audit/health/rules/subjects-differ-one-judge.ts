/** @module features/audit/health/rules/subjects-differ-one-judge Strong subjects go different ways, as far as one judge can tell. */
import { defineRule } from '../rule.ts';

export const subjectsDifferOneJudge = defineRule({
  code: 'subjects-differ-one-judge',
  signal: 'subjects-differ',
  when: 'strong subjects differ, each agrees with itself, and no two judges were held against each other',
  faults: ['ambiguity', 'missing example'],
  next: 'add-judge',
  holds: ({ subjects: { agreement } }) => (agreement.told === 'steady' ? {} : null),
});
