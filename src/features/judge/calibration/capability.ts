/** @module features/judge/calibration/capability Calibration: how good a judge is, on replies whose verdict is known. */
import type { Capability } from '../../../app/capability.ts';

export const capability = {
  name: 'judge/calibration',
  summary: "Scores judges on the spec's marked replies and on people's labels",
  docs: { want: 'know how good a judge is', page: 'calibration.md' },
  commands: [
    {
      path: 'judge calibrate',
      summary: "Score judges on the spec's marked replies and on people's labels",
      order: 501,
      load: async () => (await import('./command.ts')).calibrate,
    },
    {
      path: 'judge list',
      summary: 'List the certificates in the ledger',
      order: 505,
      load: async () => (await import('./command.ts')).list,
    },
  ],
  config: ['judge', 'spec', 'rubric', 'consensus', 'concurrency', 'budget', 'seed', 'ledger'],
  documents: [
    {
      name: 'tenet.certificate',
      version: 1,
      load: async () => (await import('../../../report/certificate/schema.ts')).certificateSchema,
    },
    {
      name: 'tenet.certificates',
      version: 1,
      load: async () => (await import('../../../report/certificate/schema.ts')).certificatesSchema,
    },
    {
      name: 'tenet.calibration-estimate',
      version: 1,
      load: async () => (await import('./schema.ts')).calibrationEstimateSchema,
    },
  ],
} as const satisfies Capability;
