/** @module features/audit/health/rules/unsupported Judges see violations that they can not show. */
import { always, defineRule } from '../rule.ts';

export const unsupported = defineRule({
  code: 'unsupported',
  signal: 'unsupported',
  when: 'judges claim violations without words that stand in the transcript',
  faults: ['judge'],
  next: 'judge-by-another',
  holds: always,
});
