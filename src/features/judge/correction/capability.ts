/** @module features/judge/correction/capability Rates corrected for the judge's errors, in every report. */
import type { Capability } from '../../../app/capability.ts';

export const capability: Capability = {
  name: 'judge/correction',
  summary: 'Corrects rates for the errors of their judge',
  docs: { want: 'understand a report, and defend its figures', page: 'reports.md' },
  sections: [{ key: 'instrument', load: async () => (await import('./section.ts')).section }],
};
