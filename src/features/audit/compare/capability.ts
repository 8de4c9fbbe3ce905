/** @module features/audit/compare/capability Two runs side by side: what differs, clause by clause. */
import type { Capability } from '../../../app/capability.ts';

export const capability = {
  name: 'audit/compare',
  summary: 'Compares two runs, clause by clause, with intervals on the differences',
  docs: { want: 'know what really differs between two runs', page: 'comparing.md' },
  commands: [
    {
      path: 'compare',
      summary: 'Compare two runs, clause by clause',
      order: 700,
      load: async () => (await import('./command.ts')).compare,
    },
  ],
  config: ['ledger'],
  documents: [
    {
      name: 'tenet.comparison',
      version: 1,
      load: async () => (await import('./schema.ts')).comparisonSchema,
    },
  ],
} as const satisfies Capability;
