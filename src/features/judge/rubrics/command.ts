/** @module features/judge/rubrics/command `tenet judge rubric`: the first draft of a rubric, to edit. */
import * as z from 'zod';
import { argument, flag, shared } from '../../../app/arguments.ts';
import { openAskedModel } from '../../../app/ask-model.ts';
import { estimateText } from '../../../app/ask-model-messages.ts';
import { defineCommand, type Result } from '../../../app/command.ts';
import { loadSpec, writeNamed } from '../../../app/files.ts';
import { sha256 } from '../../../spec/sha256.ts';
import {
  clauseNamed,
  DRAFT_FORM,
  type DraftingModel,
  draftRubric,
  materialOf,
} from './draft-rubric.ts';
import { notes } from './messages.ts';
import type { rubricDraftSchema } from './schema.ts';

type DraftedBy = Pick<DraftingModel, 'name' | 'simulated'> | null;

export const rubric = defineCommand({
  args: z.object({
    file: shared.specFile,
    clause: argument('<clause>', z.string(), "the clause's id, with or without #", 'clause'),
    judge: flag(
      '<model>',
      z.string().optional(),
      'a model that drafts; without one the draft is made of the spec alone',
      'model',
    ),
    out: flag('<file>', z.string().optional(), 'write it there instead of printing it', 'file'),
    dialect: shared.dialect,
  }),
  prints: ['tenet.rubric-draft/1'],
  run: async (args, context) => {
    const { log } = context;
    const spec = loadSpec(args.file, args.dialect);
    const clause = clauseNamed(spec, args.clause.replace(/^#/, ''));
    const resultOf = (draft: string | null, by: DraftedBy): Result => {
      if (draft === null) return { exit: 130 };
      const document: z.infer<typeof rubricDraftSchema> = {
        schema: 'tenet.rubric-draft/1',
        spec: { id: spec.id, version: spec.version, sha256: spec.sha256 },
        clause: clause.id,
        model: by === null ? null : { name: by.name, simulated: by.simulated },
        file: args.out ?? null,
        text: draft,
        sha256: sha256(draft),
      };
      if (args.out === undefined) return { document, text: draft };
      writeNamed('--out', args.out, draft, 'new');
      log.say(notes.written(args.out));
      return { document };
    };
    if (args.judge === undefined) return resultOf(await draftRubric(spec, clause), null);
    const model = await openAskedModel(context, args.judge, DRAFT_FORM);
    const stop = context.signals();
    try {
      const estimate = estimateText(model.estimate([materialOf(clause)]));
      log.say(notes.cost(model.name, estimate));
      return resultOf(await draftRubric(spec, clause, model, stop.signal), model);
    } finally {
      stop.release();
      await model.close();
    }
  },
});
