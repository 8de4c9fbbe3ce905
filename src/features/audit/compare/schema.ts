/** @module features/audit/compare/schema A comparison of two runs as a document: `tenet.comparison/1`. */
import * as z from 'zod';
import { count, share, signedShare } from '../../../report/schema-parts.ts';

const judge = z
  .enum(['measured', 'unmeasured'])
  .describe('unmeasured: of the judge of a run the errors are not known');

export const rateSchema = z
  .strictObject({
    estimate: share.nullable(),
    low: share.nullable(),
    high: share.nullable(),
    trials: count,
    judge,
  })
  .meta({ id: 'ComparedRate' });

export const differenceSchema = z
  .strictObject({
    estimate: signedShare.nullable(),
    low: signedShare.nullable(),
    high: signedShare.nullable(),
    method: z.string(),
    probability: share.nullable().describe('of as large a difference where there is none'),
    reason: z.string().optional().describe('why a figure is null'),
    caution: z.string().optional().describe('what the interval takes for granted'),
    judge,
  })
  .meta({ id: 'ComparedDifference' });

export const pairsSchema = z.strictObject({ count, onlyFirst: count, onlySecond: count });

const groupFields = {
  first: rateSchema,
  second: rateSchema,
  difference: differenceSchema.describe('first minus second'),
  pairs: pairsSchema
    .nullable()
    .describe('paired: cases that both judged, and those in which only one of them adheres'),
};

const sideSchema = z
  .strictObject({
    run: z.string(),
    subject: z.string(),
    spec: z.string(),
    simulated: z.boolean(),
    judge,
  })
  .meta({ id: 'ComparedSide' });

const adherence = z.enum(['adheres', 'violates']);

const onePairSchema = z.strictObject({
  simulated: z.boolean(),
  first: sideSchema,
  second: sideSchema,
  pairing: z.enum(['paired', 'independent']),
  trials: z
    .strictObject({ first: count, second: count, shared: count })
    .describe('cases of each, and those that are the same question, clause and repeat'),
  notes: z.array(z.string()).describe('what else differs between the runs'),
  noteData: z
    .array(z.strictObject({ code: z.string(), data: z.record(z.string(), z.unknown()) }))
    .describe('the same as data'),
  overall: z.strictObject(groupFields),
  levels: z.array(z.strictObject({ level: z.string(), ...groupFields })),
  clauses: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      level: z.string().nullable(),
      reworded: z.boolean().describe('its words differ: it is in no level and not overall'),
      adjusted: share.nullable().describe('the probability, adjusted for all clauses compared'),
      called: z.boolean().describe('told apart at the false discovery rate'),
      ...groupFields,
    }),
  ),
  family: z.strictObject({ tests: count, falseDiscoveryRate: share }),
  onlyIn: z
    .strictObject({ first: z.array(z.string()), second: z.array(z.string()) })
    .describe('clauses that only one of the runs judged'),
  changes: z
    .array(
      z.strictObject({
        clause: z.string(),
        scenario: z.string(),
        first: z.string().describe('transcript of the first run'),
        second: z.string(),
        from: adherence,
        to: adherence,
      }),
    )
    .describe('paired: cases that ended one way in the first run and the other way in the second'),
});

/** What `tenet compare --json` prints: a comparison for each subject that the runs share. */
export const comparisonSchema = z
  .strictObject({
    schema: z.literal('tenet.comparison/1'),
    simulated: z.boolean(),
    comparisons: z.array(onePairSchema),
  })
  .meta({ title: 'Two runs compared' });

/** Two runs compared in one subject. */
export type ComparisonDocument = z.infer<typeof onePairSchema>;
export type ComparedSide = ComparisonDocument['first'];
/** Some clauses together. */
export type ComparedGroup = ComparisonDocument['overall'];
