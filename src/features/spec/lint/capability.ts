/** @module features/spec/lint/capability Checking a specification as a linter checks code. */
import type { Capability } from '../../../app/capability.ts';

export const capability: Capability = {
  name: 'spec/lint',
  summary: 'Checks a specification as a linter checks code: names, wording, examples, coverage',
  docs: { want: 'check a spec, in CI and in the editor', page: 'lint.md' },
  commands: [
    {
      path: 'spec lint',
      summary: 'Check specifications as a linter checks code',
      order: 1004,
      load: async () => (await import('./command.ts')).lint,
    },
  ],
  documents: [
    {
      name: 'tenet.lint',
      version: 1,
      load: async () => (await import('./schema.ts')).lintReportSchema,
    },
    {
      name: 'tenet.lint-rule',
      version: 1,
      load: async () => (await import('./schema.ts')).lintRuleSchema,
    },
    {
      name: 'tenet.lint-baseline',
      version: 1,
      io: 'input',
      load: async () => (await import('./schema.ts')).lintBaselineSchema,
    },
  ],
};
