/** @module features/spec/resolve/capability What applies in a conversation, and under a deployment profile. */
import type { Capability } from '../../../app/capability.ts';

export const capability: Capability = {
  name: 'spec/resolve',
  summary: 'Which clauses and instructions are in force in a conversation or a deployment, and why',
  docs: { want: 'know what applies in a conversation or a deployment', page: 'resolve.md' },
  commands: [
    {
      path: 'spec resolve',
      summary: 'Which clauses and instructions are in force in a conversation, and why',
      order: 1006,
      load: async () => (await import('./command.ts')).resolve,
    },
    {
      path: 'spec effective',
      summary: 'The spec that applies under a deployment profile',
      order: 1007,
      load: async () => (await import('./command.ts')).effective,
    },
  ],
  documents: [
    {
      name: 'tenet.resolution',
      version: 1,
      load: async () => (await import('./schema.ts')).resolutionSchema,
    },
    {
      name: 'tenet.profile',
      version: 1,
      io: 'input',
      load: async () => (await import('./profile/schema.ts')).profileSchema,
    },
    {
      name: 'tenet.effective',
      version: 1,
      load: async () => (await import('./profile/effective-schema.ts')).effectiveSchema,
    },
    {
      name: 'tenet.profile-difference',
      version: 1,
      load: async () => (await import('./profile/effective-schema.ts')).profileDifferenceSchema,
    },
  ],
};
