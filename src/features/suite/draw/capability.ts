/** @module features/suite/draw/capability Scenarios of a spec as a file. */
import type { Capability } from '../../../app/capability.ts';

export const capability: Capability = {
  name: 'suite/draw',
  summary: "Prints a spec's scenarios as a file to edit",
  docs: { want: 'bring your own scenarios', page: 'suites.md' },
  commands: [
    {
      path: 'suite draw',
      summary: "Print a spec's scenarios as JSON lines",
      order: 1100,
      load: async () => (await import('./command.ts')).draw,
    },
  ],
  documents: [
    {
      name: 'tenet.suite-draw',
      version: 1,
      load: async () => (await import('./schema.ts')).suiteDrawSchema,
    },
  ],
};
