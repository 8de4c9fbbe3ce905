/** @module features/audit/health/rules/bad-passes-unknown Nobody knows whether the judge errs: replies known to break the clause pass. */
import { always, defineRule } from '../rule.ts';

export const badPassesUnknown = defineRule({
  code: 'bad-passes-unknown',
  signal: 'bad-passes',
  when: 'replies known to break it are passed, by the only judge that was measured or by each on other replies',
  faults: ['ambiguity', 'judge'],
  next: 'calibrate-another-judge',
  holds: always,
});
