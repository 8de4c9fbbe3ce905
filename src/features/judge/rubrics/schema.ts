/** @module features/judge/rubrics/schema What drafting a rubric prints with `--json`. */
import * as z from 'zod';

/** `tenet judge rubric --json`. */
export const rubricDraftSchema = z
  .object({
    schema: z.literal('tenet.rubric-draft/1'),
    spec: z.object({ id: z.string(), version: z.string().nullable(), sha256: z.string() }),
    clause: z.string(),
    model: z
      .object({ name: z.string(), simulated: z.boolean() })
      .nullable()
      .describe('Who drafted it; null where it is made of the spec alone'),
    file: z.string().nullable().describe('Where it was written; null without --out'),
    text: z.string().describe('The rubric, to be edited'),
    sha256: z.string().describe('Of the text'),
  })
  .meta({ title: 'A first draft of a rubric' });
