/** @module features/spec/fetch/capability Fetching published specifications. */
import type { Capability } from '../../../app/capability.ts';

export const capability: Capability = {
  name: 'spec/fetch',
  summary: 'Fetches a published spec, and pins its version and hash',
  docs: { want: 'fetch a published spec', page: 'fetching-specs.md' },
  commands: [
    {
      path: 'spec fetch',
      summary: 'Fetch a published spec and pin its version and hash',
      order: 1010,
      load: async () => (await import('./command.ts')).fetch,
    },
  ],
  documents: [
    {
      name: 'tenet.pin',
      version: 1,
      load: async () => (await import('./schema.ts')).pinSchema,
    },
    {
      name: 'tenet.spec-fetch',
      version: 1,
      load: async () => (await import('./schema.ts')).fetchSchema,
    },
    {
      name: 'tenet.published-specs',
      version: 1,
      load: async () => (await import('./schema.ts')).publishedSchema,
    },
  ],
};
