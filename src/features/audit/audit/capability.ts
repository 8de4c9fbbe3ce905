/** @module features/audit/audit/capability The audit: scenarios put to models, every reply judged, a report. */
import type { Capability } from '../../../app/capability.ts';

export const capability = {
  name: 'audit/audit',
  summary: 'Puts the scenarios of a spec to models, has every reply judged, and reports',
  docs: { want: 'audit a model, and know what each flag does', page: 'audit.md' },
  commands: [
    {
      path: 'audit',
      summary: 'Put the scenarios of a spec to models, judge every reply, and report',
      order: 100,
      load: async () => (await import('./command.ts')).audit,
    },
  ],
  config: [
    'spec',
    'subject',
    'judge',
    'consensus',
    'rubric',
    'suite',
    'clauses',
    'repeats',
    'limit',
    'concurrency',
    'budget',
    'maxTokens',
    'temperature',
    'system',
    'seed',
    'ledger',
  ],
  documents: [
    {
      name: 'tenet.plan-estimate',
      version: 1,
      load: async () => (await import('./schema.ts')).planEstimateSchema,
    },
    // What models of the user's own are given and give, and how one behind an address is described.
    {
      name: 'tenet.model-request',
      version: 1,
      load: async () => (await import('../../../model/wire.ts')).modelRequestSchema,
    },
    {
      name: 'tenet.model-reply',
      version: 1,
      io: 'input',
      load: async () => (await import('../../../model/wire.ts')).modelReplySchema,
    },
    {
      name: 'tenet.http-model',
      version: 1,
      io: 'input',
      load: async () => (await import('../../../model/adapters/http-template.ts')).httpModelSchema,
    },
  ],
} as const satisfies Capability;
