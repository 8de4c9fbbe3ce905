/** @module features/spec/inspect/capability Looking into a specification, in the terminal and in other forms. */
import type { Capability } from '../../../app/capability.ts';

export const capability: Capability = {
  name: 'spec/inspect',
  summary: 'Looks into a specification: its outline, its clauses, what it holds',
  docs: { want: 'look into a spec', page: 'specs.md' },
  commands: [
    {
      path: 'spec stats',
      summary: 'Count what is in it, and say what is odd',
      order: 1001,
      load: async () => (await import('./command.ts')).stats,
    },
    {
      path: 'spec show',
      summary: 'Show its outline, or one clause',
      order: 1002,
      load: async () => (await import('./command.ts')).show,
    },
    {
      path: 'spec query',
      summary: 'List the clauses that a query chooses',
      order: 1003,
      load: async () => (await import('./command.ts')).query,
    },
    {
      path: 'spec convert',
      summary: 'Print a spec in another form',
      order: 1008,
      load: async () => (await import('./command.ts')).convert,
    },
    {
      path: 'init',
      summary: 'Start a spec of your own from the starter spec',
      order: 1200,
      load: async () => (await import('./command.ts')).init,
    },
  ],
  documents: [
    {
      name: 'tenet.spec',
      version: 1,
      io: 'input',
      load: async () => (await import('../../../spec/formats/schema.ts')).specSchema,
    },
    {
      name: 'tenet.spec-lines',
      version: 1,
      io: 'input',
      load: async () => (await import('../../../spec/formats/schema.ts')).firstLineSchema,
    },
    {
      name: 'tenet.spec-stats',
      version: 1,
      load: async () => (await import('./schema.ts')).specStatsSchema,
    },
    {
      name: 'tenet.clause',
      version: 1,
      load: async () => (await import('./schema.ts')).clauseSchema,
    },
    {
      name: 'tenet.spec-query',
      version: 1,
      load: async () => (await import('./schema.ts')).specQuerySchema,
    },
    {
      name: 'tenet.spec-convert',
      version: 1,
      load: async () => (await import('./schema.ts')).specConvertSchema,
    },
    {
      name: 'tenet.init',
      version: 1,
      load: async () => (await import('./schema.ts')).initSchema,
    },
  ],
};
