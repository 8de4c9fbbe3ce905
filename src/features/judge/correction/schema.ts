/**
 * @module features/judge/correction/schema
 * What a report says of its judge as a measuring instrument, as a part of `tenet.report/1`.
 */

import * as z from 'zod';
import { codedSchema, count, share, signedShare } from '../../../report/schema-parts.ts';

export const measuredSchema = z
  .strictObject({
    estimate: share.nullable(),
    low: share.nullable(),
    high: share.nullable(),
    trials: count,
  })
  .meta({ id: 'MeasuredShare' });

const differenceSchema = z
  .strictObject({
    estimate: signedShare.nullable(),
    low: signedShare.nullable(),
    high: signedShare.nullable(),
  })
  .meta({ id: 'MeasuredDifference' });

export const instrumentSchema = z.strictObject({
  certificate: z
    .strictObject({
      hash: z.string(),
      created: z.string(),
      spec: z.string().describe('id@version of the spec whose marks it stands on'),
      sameSpec: z.boolean().describe('the very text that this run judged by'),
      note: z
        .string()
        .nullable()
        .describe('where or how it was measured otherwise than this run asks; null: nowhere'),
      items: count,
      sensitivity: measuredSchema.describe('of what violates: called so'),
      specificity: measuredSchema.describe('of what adheres: called so'),
      attacked: z.boolean().describe('whether the standing suite of attacks was run against it'),
      notes: z.array(codedSchema).describe('the note as data'),
    })
    .nullable(),
  reason: z.string().nullable().describe('why there is no certificate'),
  because: codedSchema.nullable().describe('the reason as data'),
  labels: z.strictObject({
    people: count,
    cases: count.describe('transcripts and clauses of this run with a label that decides'),
  }),
  transfer: z
    .strictObject({
      sensitivity: differenceSchema.describe(
        'on this run’s labelled transcripts minus certificate',
      ),
      specificity: differenceSchema,
    })
    .nullable()
    .describe(
      'whether the certificate holds on this run’s transcripts; null where nobody labelled',
    ),
});

export type ReportInstrument = z.infer<typeof instrumentSchema>;
