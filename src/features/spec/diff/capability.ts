/** @module features/spec/diff/capability Comparing two versions of a specification, and what it means for past runs. */
import type { Capability } from '../../../app/capability.ts';

export const capability = {
  name: 'spec/diff',
  summary: 'Compares two versions of a specification by clause, and says which results go stale',
  docs: { want: 'compare versions, and see which results go stale', page: 'spec-diff.md' },
  commands: [
    {
      path: 'spec diff',
      summary: 'Compare two versions by clause, and say which results it makes stale',
      order: 1005,
      load: async () => (await import('./command.ts')).diff,
    },
  ],
  config: ['ledger'],
  documents: [
    {
      name: 'tenet.spec-diff',
      version: 1,
      load: async () => (await import('./schema.ts')).specDiffSchema,
    },
  ],
} as const satisfies Capability;
