/** @module features/judge/rubrics/command `tenet judge rubric`: the first draft of a rubric, to edit. */
import { z } from 'zod';
import { argument, flag, shared } from '../../../app/arguments.ts';
import { openAskedModel } from '../../../app/ask-model.ts';
import { estimateText } from '../../../app/ask-model-messages.ts';
import { defineCommand, type Result } from '../../../app/command.ts';
import { loadSpec, writeNamed } from '../../../app/files.ts';
import { clauseNamed, DRAFT_FORM, draftRubric, materialOf } from './draft-rubric.ts';
import { notes } from './messages.ts';

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
  prints: [],
  run: async (args, context) => {
    const { log } = context;
    const spec = loadSpec(args.file, args.dialect);
    const clause = clauseNamed(spec, args.clause.replace(/^#/, ''));
    const resultOf = (draft: string | null): Result => {
      if (draft === null) return { exit: 130 };
      if (args.out === undefined) return { text: draft };
      writeNamed('--out', args.out, draft, 'new');
      log.say(notes.written(args.out));
      return {};
    };
    if (args.judge === undefined) return resultOf(await draftRubric(spec, clause));
    const purpose = 'tenet judge rubric';
    const model = await openAskedModel(context, args.judge, purpose, DRAFT_FORM);
    const stop = context.signals();
    try {
      const estimate = estimateText(model.estimate([materialOf(clause)]));
      log.say(notes.cost(model.name, estimate));
      return resultOf(await draftRubric(spec, clause, model, stop.signal));
    } finally {
      stop.release();
      await model.close();
    }
  },
});
