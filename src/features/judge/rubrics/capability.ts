/** @module features/judge/rubrics/capability Rubrics: a first draft of how a clause is to be judged. */
import type { Capability } from '../../../app/capability.ts';

export const capability: Capability = {
  name: 'judge/rubrics',
  summary: 'Drafts a rubric of a clause, from the spec alone or by a model',
  docs: { want: 'say how a clause is to be judged, by a model or by code', page: 'rubrics.md' },
  commands: [
    {
      path: 'judge rubric',
      summary: 'Draft a rubric of a clause, to edit and to give to --rubric',
      order: 504,
      load: async () => (await import('./command.ts')).rubric,
    },
  ],
  documents: [
    {
      name: 'tenet.rubric',
      version: 1,
      io: 'input',
      load: async () => (await import('../../../run/judging/rubric/schema.ts')).frontMatterSchema,
    },
    {
      name: 'tenet.rubric-draft',
      version: 1,
      load: async () => (await import('./schema.ts')).rubricDraftSchema,
    },
  ],
};
