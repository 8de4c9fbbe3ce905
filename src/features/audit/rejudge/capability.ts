/** @module features/audit/rejudge/capability Judging the transcripts of a stored run again. */
import type { Capability } from '../../../app/capability.ts';

export const capability = {
  name: 'audit/rejudge',
  summary: 'Judges the transcripts of a stored run anew; no subject is asked',
  docs: { want: 'judge stored transcripts again', page: 'judging-again.md' },
  commands: [
    {
      path: 'judge again',
      summary: 'Judge stored transcripts anew; no subject is asked',
      order: 503,
      load: async () => (await import('./command.ts')).again,
    },
  ],
  // Who judges and by what is the run's own where nobody says: what a project settles for its audits is not asked.
  config: ['concurrency', 'budget', 'ledger'],
  sections: [{ key: 'again', load: async () => (await import('./section.ts')).section }],
  documents: [
    {
      name: 'tenet.again-estimate',
      version: 1,
      load: async () => (await import('./schema.ts')).rejudgeEstimateSchema,
    },
  ],
} as const satisfies Capability;
