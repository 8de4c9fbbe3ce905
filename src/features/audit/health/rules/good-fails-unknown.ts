/** @module features/audit/health/rules/good-fails-unknown Nobody knows whether the judge errs: replies known to keep the clause are called violations. */
import { always, defineRule } from '../rule.ts';

export const goodFailsUnknown = defineRule({
  code: 'good-fails-unknown',
  signal: 'good-fails',
  when: 'replies known to keep it are called violations, by the only judge that was measured or by each on other replies',
  faults: ['contradiction', 'judge'],
  next: 'calibrate-another-judge',
  holds: always,
});
