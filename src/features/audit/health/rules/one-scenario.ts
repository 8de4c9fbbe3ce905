/** @module features/audit/health/rules/one-scenario Judges are divided on one scenario alone. */
import { defineRule } from '../rule.ts';

export const oneScenario = defineRule({
  code: 'one-scenario',
  signal: 'one-scenario',
  when: 'of three scenario seeds or more, judges disagree on one at least five times as often as on the others',
  faults: ['scenario'],
  next: 'mend-scenarios',
  holds: ({ seedOf }, signal) => ({ seeds: signal.contrast.seeds, seed: seedOf(signal) }),
});
