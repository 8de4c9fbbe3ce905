/** @module features/audit/health/rules/subjects-differ-steadily Strong subjects go different ways, each steadily. */
import { defineRule } from '../rule.ts';

export const subjectsDifferSteadily = defineRule({
  code: 'subjects-differ-steadily',
  signal: 'subjects-differ',
  when: 'strong subjects differ, each agrees with itself, and judges read the clause alike',
  faults: ['missing example'],
  next: 'print-examples',
  holds: ({ subjects: { agreement }, judgesAgree }) =>
    agreement.told === 'steady' && judgesAgree ? { repeats: agreement.repeats } : null,
});
