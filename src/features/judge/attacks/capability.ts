/** @module features/judge/attacks/capability Attacks on judges: a standing suite that tries to mislead them. */
import type { Capability } from '../../../app/capability.ts';

export const capability = {
  name: 'judge/attacks',
  summary: 'Tries to mislead a judge with a standing suite of attacks, and says what moved it',
  docs: { want: 'know what misleads a judge', page: 'attacks.md' },
  commands: [
    {
      path: 'judge attack',
      summary: 'Try to mislead a judge with the standing suite of attacks',
      order: 502,
      load: async () => (await import('./command.ts')).attack,
    },
  ],
  config: ['judge', 'spec', 'concurrency', 'budget', 'seed', 'ledger'],
  documents: [
    {
      name: 'tenet.attack',
      version: 1,
      load: async () =>
        (await import('../../../report/certificate/attack-schema.ts')).attackReportSchema,
    },
    {
      name: 'tenet.attack-estimate',
      version: 1,
      load: async () => (await import('./schema.ts')).attackEstimateSchema,
    },
    {
      name: 'tenet.attack-list',
      version: 1,
      load: async () => (await import('./schema.ts')).attackListSchema,
    },
  ],
} as const satisfies Capability;
