/** @module features/audit/gate/capability A run held to a policy, for builds that fail where a model does. */
import type { Capability } from '../../../app/capability.ts';

export const capability = {
  name: 'audit/gate',
  summary: 'Holds a run to a policy, and fails a build where it is not kept',
  docs: { want: 'fail a build when a model stops keeping to its spec', page: 'gates.md' },
  commands: [
    {
      path: 'gate',
      summary: 'Hold a run to a policy; exit code 1 where it fails',
      order: 900,
      load: async () => (await import('./command.ts')).gate,
    },
  ],
  config: ['ledger'],
  documents: [
    { name: 'tenet.gate', version: 1, load: async () => (await import('./schema.ts')).gateSchema },
    {
      name: 'tenet.policy',
      version: 1,
      io: 'input',
      load: async () => (await import('./policy-schema.ts')).policySchema,
    },
  ],
} as const satisfies Capability;
