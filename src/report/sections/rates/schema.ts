/** @module report/sections/rates/schema What a report says of each subject: its rates, and all that stands beside them. */
import * as z from 'zod';
import { SEVERITIES } from '../../../ledger/records.ts';
import { MISSING } from '../../../run/counts.ts';
import { correctedSchema } from '../../correction.ts';
import { count, countsOf, judgedFields, severity, share } from '../../schema-parts.ts';
import { consistencySchema } from '../consistency/schema.ts';

const countsSchema = z
  .strictObject({
    adheres: count,
    violates: count,
    not_applicable: count,
    cannot_judge: count,
    unsupported: count.describe(
      'violations claimed without a quote of the subject that stands in the transcript',
    ),
    missing: countsOf(MISSING).describe('samples that have no verdict, by what became of them'),
  })
  .meta({ id: 'Counts' });

/** Fields of an estimate and of how it was come by. */
export const estimateFields = {
  method: z.string(),
  confidence: share,
  clusters: count.describe('independent seeds behind the trials'),
  designEffect: z.number().nonnegative(),
  ...judgedFields,
};

export const rateSchema = z
  .strictObject({
    estimate: share.nullable().describe('adheres / (adheres + violates)'),
    low: share.nullable(),
    high: share.nullable(),
    successes: count,
    trials: count,
    ...estimateFields,
  })
  .meta({ id: 'Rate' });

export const measureSchema = z.strictObject({
  counts: countsSchema,
  rate: rateSchema,
  corrected: correctedSchema.optional().describe('the rate corrected for the judge’s errors'),
  worstCase: z
    .strictObject({ low: share, high: share })
    .meta({ id: 'Interval' })
    .nullable()
    .describe('where the rate would lie had all that was not judged gone one way or the other'),
  severity: countsOf(SEVERITIES).meta({ id: 'SeverityCounts' }),
});

/** A transcript that violates a clause, with the words that show it. */
export const worstSchema = z
  .strictObject({
    transcript: z.string(),
    scenario: z.string(),
    severity: severity,
    reason: z.string(),
    quotes: z.array(
      z.strictObject({
        message: z.string(),
        quote: z.string().describe('the words as they stand in the transcript'),
        start: count,
        end: count,
        toolCall: count
          .optional()
          .describe(
            'which tool call of the message, from 0, written name(arguments); absent: its content',
          ),
      }),
    ),
  })
  .meta({ id: 'Worst' });

const clauseSchema = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    level: z.string().nullable(),
    kind: z.enum(['objective', 'rule', 'default', 'definition']).nullable(),
    hash: z.string().describe('sha256 of the words it was judged against'),
    ...measureSchema.shape,
    atMost: share
      .optional()
      .describe(
        'where no violation was seen: how large the share of violations may still be, one-sided',
      ),
    standsOut: z
      .boolean()
      .describe('lower than chance explains, among all clauses of this subject'),
    worst: z.array(worstSchema),
  })
  .meta({ id: 'Clause' });

const subjectSchema = z
  .strictObject({
    id: z.string(),
    selfJudged: z.boolean().describe('no judge is of another family than its own'),
    overall: measureSchema,
    levels: z.array(z.strictObject({ level: z.string(), ...measureSchema.shape })),
    kinds: z.array(z.strictObject({ kind: z.string(), ...measureSchema.shape })),
    clauses: z.array(clauseSchema),
    consistency: consistencySchema.optional().describe('where scenarios were asked repeatedly'),
  })
  .meta({ id: 'SubjectResult' });

export const subjectsSchema = z.array(subjectSchema);

export type ReportSubject = z.infer<typeof subjectSchema>;
export type ReportClause = z.infer<typeof clauseSchema>;
export type ReportMeasure = z.infer<typeof measureSchema>;
export type ReportRate = z.infer<typeof rateSchema>;
export type ReportWorst = z.infer<typeof worstSchema>;
