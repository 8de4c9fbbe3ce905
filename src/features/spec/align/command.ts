/** @module features/spec/align/command `tenet spec align`: the clauses of two specs side by side. */
import * as z from 'zod';
import { argument, flag, format } from '../../../app/arguments.ts';
import { STOPPED } from '../../../app/ask-model-messages.ts';
import { defineCommand, type Result } from '../../../app/command.ts';
import { loadSpec } from '../../../app/files.ts';
import { alignSpecs } from './align.ts';
import {
  askRelations,
  materialOf,
  openRelationModel,
  type RelationModel,
} from './ask-relations.ts';
import { alignmentBlocks } from './blocks.ts';
import { alignmentCsv } from './csv.ts';
import { openQuestions, withJudgements } from './judgements.ts';
import { askingText } from './messages.ts';
import type { Alignment } from './schema.ts';

const text = z.string();

export const align = defineCommand({
  args: z.object({
    first: argument('<first>', text, 'a specification', 'file'),
    second: argument('<second>', text, 'another one', 'file'),
    format: format(['text', 'markdown', 'csv', 'json', 'html']),
    judge: flag(
      '<model>',
      text.optional(),
      'a model that decides what words alone leave open',
      'model',
    ),
  }),
  prints: ['tenet.alignment/1'],
  run: async (args, context) => {
    const specs = [loadSpec(args.first), loadSpec(args.second)] as const;
    const alignment = alignSpecs(...specs);
    if (args.judge === undefined) return resultOf(alignment);
    const questions = openQuestions(...specs, alignment);
    const stop = context.signals();
    let model: RelationModel | null = null;
    try {
      model = await openRelationModel(context, args.judge);
      context.log.say(askingText(model.name, model.estimate(questions.map(materialOf))));
      const answers = await askRelations(model, questions, stop.signal);
      if (stop.signal.aborted) {
        context.log.say(STOPPED);
        return { exit: 130 };
      }
      const judge = { model: model.name, simulated: model.simulated };
      return resultOf(withJudgements(alignment, judge, answers));
    } finally {
      stop.release();
      await model?.close();
    }
  },
});

function resultOf(alignment: Alignment): Result {
  return {
    document: alignment,
    blocks: (detail) => alignmentBlocks(alignment, detail),
    formats: { csv: () => alignmentCsv(alignment) },
  };
}
