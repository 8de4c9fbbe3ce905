/** @module features/judge/labels/capability What people say of transcripts, and what that says of the judge. */
import type { Capability } from '../../../app/capability.ts';

export const capability = {
  name: 'judge/labels',
  summary: 'Lets people label transcripts, and measures the judge by their labels',
  docs: { want: 'let people label transcripts', page: 'labelling.md' },
  commands: [
    {
      path: 'label',
      summary: 'Label transcripts in the terminal, with keys alone',
      order: 600,
      load: async () => (await import('./command.ts')).label,
    },
  ],
  config: ['ledger'],
  documents: [
    {
      name: 'tenet.labels',
      version: 1,
      load: async () => (await import('./schema.ts')).labelsSchema,
    },
  ],
} as const satisfies Capability;
