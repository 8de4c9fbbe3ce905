/** @module features/audit/health/capability What all runs of a spec say of the spec itself. */
import type { Capability } from '../../../app/capability.ts';

export const capability = {
  name: 'audit/health',
  summary: 'Tells faults of the text from those of models, judges and scenarios',
  docs: { want: 'know whether the model or the spec is at fault', page: 'health.md' },
  commands: [
    {
      path: 'health',
      summary: 'What all runs of a spec say of the spec itself',
      order: 800,
      load: async () => (await import('./command.ts')).health,
    },
  ],
  config: ['ledger'],
  documents: [
    {
      name: 'tenet.health',
      version: 1,
      load: async () => (await import('./schema.ts')).healthSchema,
    },
  ],
} as const satisfies Capability;
