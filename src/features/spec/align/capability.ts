/** @module features/spec/align/capability Laying two specifications side by side. */
import type { Capability } from '../../../app/capability.ts';

export const capability: Capability = {
  name: 'spec/align',
  summary:
    'Lays the clauses of two specs side by side: which are about the same, which only one has',
  docs: { want: "compare two labs' specs", page: 'align.md' },
  commands: [
    {
      path: 'spec align',
      summary: 'The clauses of two specs side by side',
      order: 1009,
      load: async () => (await import('./command.ts')).align,
    },
  ],
  documents: [
    {
      name: 'tenet.alignment',
      version: 1,
      load: async () => (await import('./schema.ts')).alignmentSchema,
    },
  ],
};
