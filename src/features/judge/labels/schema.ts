/** @module features/judge/labels/schema What `tenet label RUN --progress --json` prints. */
import * as z from 'zod';
import { correctedRateSchema } from '../../../report/correction.ts';
import { count } from '../../../report/schema-parts.ts';
import { agreementSchema } from '../../../report/sections/panel/schema.ts';

/** A share as so many hits of so many cases, both in what weighted and clustered cases are worth. */
const tallySchema = z.object({
  hits: z.number().nonnegative(),
  trials: z.number().nonnegative(),
});

/** Labels that are of a part of the judged cases alone, from which no rate of all can be corrected. */
const partSchema = {
  code: z.literal('drawn-from-part').optional().describe('what `reason` says, where it is this'),
  data: z
    .object({
      drawn: count.describe('judged cases that could have been labelled'),
      judged: count,
    })
    .optional(),
};

/** `tenet.labels/1`. */
export const labelsSchema = z
  .object({
    schema: z.literal('tenet.labels/1'),
    run: z.string(),
    simulated: z.boolean(),
    cases: count.describe('transcripts with a reply, each under each clause that it tests'),
    labelled: count.describe('cases that somebody has labelled'),
    tied: count.describe('cases on which people are divided, so that no outcome has a majority'),
    people: z.array(
      z.object({
        person: z.string(),
        labels: count,
        outcomes: z.object({
          adheres: count,
          violates: count,
          not_applicable: count,
          cannot_judge: count,
        }),
        open: count.describe('given to this person, and not labelled yet'),
      }),
    ),
    pairs: z
      .array(
        z.object({
          first: z.string(),
          second: z.string(),
          common: count,
          kappa: agreementSchema.describe("Cohen's kappa"),
        }),
      )
      .describe('each two people who labelled a case in common'),
    alpha: agreementSchema
      .nullable()
      .describe("Krippendorff's alpha of all people; null where they are fewer than three"),
    judge: z.object({
      judged: count.describe('cases that the judge decided'),
      labels: count.describe('labels that count in a rate'),
      left: z
        .object({
          tied: count,
          not_applicable: count,
          cannot_judge: count,
          chosen: count.describe('chosen for labelling, not drawn by chance'),
          // So there is no error to reckon with.
          undecided: count.describe('the judge decided nothing'),
        })
        .describe('labelled cases that count in none, by why'),
      reason: z.string().optional().describe('why these labels correct no rate'),
      ...partSchema,
      errors: z.object({
        sensitivity: tallySchema.describe('of what people call violates: called so by the judge'),
        specificity: tallySchema.describe('of what people call adheres: called so by the judge'),
      }),
    }),
    corrected: z
      .object({
        ...correctedRateSchema.shape,
        ...partSchema,
      })
      .describe('the rate of adherence over all subjects, corrected with these labels'),
    next: z
      .object({
        labels: count,
        before: z.number().nullable().describe('width of the interval as it is; null: none yet'),
        after: z.number().nullable().describe('and with so many labels; null: no narrower'),
      })
      .describe('what the labels that are worth giving next would do'),
  })
  .meta({ title: "How far people are with a run's labels, and what they say of its judge" });

/** How far people are with a run's labels, how far they agree, and what their labels say of the judge. */
export type LabelProgress = z.infer<typeof labelsSchema>;
