/** @module features/audit/runs/capability Looking into a ledger: its runs, their reports, their transcripts. */
import type { Capability } from '../../../app/capability.ts';

export const capability = {
  name: 'audit/runs',
  summary: 'Lists stored runs, reports on them, shows their transcripts',
  docs: { want: 'understand a report, and defend its figures', page: 'reports.md' },
  commands: [
    {
      path: 'runs',
      summary: 'List the runs in the ledger',
      order: 200,
      load: async () => (await import('./command.ts')).runs,
    },
    {
      path: 'report',
      summary: 'Report on a run (the newest, where none is named)',
      order: 300,
      load: async () => (await import('./command.ts')).report,
    },
    {
      path: 'show',
      summary: 'Show a transcript with its verdicts and the words they cite',
      order: 400,
      load: async () => (await import('./command.ts')).show,
    },
  ],
  config: ['ledger'],
  documents: [
    {
      name: 'tenet.report',
      version: 1,
      load: async (sections) => (await import('../../../report/report.ts')).reportSchema(sections),
    },
    {
      name: 'tenet.runs',
      version: 1,
      load: async () => (await import('./schema.ts')).runsSchema,
    },
    {
      name: 'tenet.transcript',
      version: 1,
      load: async () => (await import('./schema.ts')).transcriptSchema,
    },
  ],
} as const satisfies Capability;
