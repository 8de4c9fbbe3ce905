/** @module features/audit/rejudge/capability Transcripts of a stored run, judged anew. */
import type { Capability } from '../../../app/capability.ts';

export const capability: Capability = {
  name: 'audit/rejudge',
  summary: 'Judges the transcripts of a stored run again, and says what became of the verdicts',
  docs: { want: 'judge transcripts again', page: 'judging-again.md' },
  sections: [{ key: 'again', load: async () => (await import('./section.ts')).section }],
};
