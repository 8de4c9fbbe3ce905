/**
 * @module report/sections/panel/schema
 * The part of a report that tells of several judges: how they vote, agree and differ.
 */

import * as z from 'zod';
import {
  codedSchema,
  coefficient,
  count,
  outcome,
  reasonFields,
  share,
} from '../../schema-parts.ts';

export const agreementSchema = z
  .strictObject({
    estimate: coefficient.describe('1: always agree, 0: as often as by chance'),
    low: coefficient,
    high: coefficient,
    observed: share.nullable().describe('pairs of verdicts of one case that are equal'),
    method: z.string(),
    confidence: share,
    items: count.describe('cases that it stands on'),
    clusters: count.describe('independent seeds behind them'),
    ...reasonFields,
  })
  .meta({ id: 'Agreement' });

const chanceSchema = z.strictObject({
  estimate: share,
  standardError: z.number().nonnegative().nullable(),
});

const panelJudgeSchema = z.strictObject({
  id: z.string(),
  votes: z.strictObject({ adheres: count, violates: count, not_applicable: count }),
  without: count.describe('cases in which it gave no vote'),
  dissents: count.describe('votes that are not what the panel came to'),
  sensitivity: chanceSchema
    .optional()
    .describe('chance of saying violates of what violates, by the votes alone'),
  specificity: chanceSchema.optional().describe('of saying adheres of what adheres'),
});

export const panelSchema = z
  .strictObject({
    consensus: z.enum(['majority', 'unanimity', 'latent']),
    fallback: z
      .string()
      .optional()
      .describe('why the latent-class model could not be fitted, so that the majority decides'),
    fallbackBecause: codedSchema.optional().describe('the same as data'),
    judges: z.array(panelJudgeSchema),
    cases: count.describe('transcripts and clauses with two votes or more'),
    unanimous: count,
    split: count.describe('cases that count as cannot_judge since the judges are divided'),
    ownFamily: count.describe(
      'cases that count as cannot_judge since only judges of the subject’s own family gave the verdict',
    ),
    agreement: z.strictObject({
      alpha: agreementSchema.describe('of all judges'),
      fleiss: agreementSchema.nullable().describe('of all judges; null where there are two'),
      severity: agreementSchema.describe('on the scale adheres, minor, major, critical'),
      pairs: z.array(
        z.strictObject({ first: z.string(), second: z.string(), kappa: agreementSchema }),
      ),
    }),
    clauses: z
      .array(
        z.strictObject({
          id: z.string(),
          cases: count,
          disagreements: count,
          alpha: agreementSchema,
        }),
      )
      .describe('clauses that judges disagree on, the most surely disputed first'),
    disagreements: z
      .array(
        z.strictObject({
          transcript: z.string(),
          clause: z.string(),
          degree: share.describe('pairs of votes that differ'),
          outcomes: z.array(outcome.nullable()).describe('in the order of judges'),
        }),
      )
      .describe('cases for people to decide, the most divided first'),
  })
  .meta({ id: 'Panel' });

export type ReportPanel = z.infer<typeof panelSchema>;
export type ReportAgreement = z.infer<typeof agreementSchema>;
