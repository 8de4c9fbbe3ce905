/** @module report/sections/differences/schema What a report says of each two subjects side by side. */
import * as z from 'zod';
import { count, signedShare } from '../../schema-parts.ts';
import { estimateFields } from '../rates/schema.ts';

export const differenceSchema = z
  .strictObject({
    estimate: signedShare.nullable().describe('rate of the first subject minus that of the second'),
    low: signedShare.nullable(),
    high: signedShare.nullable(),
    pairs: count,
    onlyFirst: count,
    onlySecond: count,
    ...estimateFields,
  })
  .meta({ id: 'Difference' });

export const comparisonsSchema = z.array(
  z.strictObject({
    first: z.string(),
    second: z.string(),
    overall: differenceSchema,
    levels: z.array(z.strictObject({ level: z.string(), difference: differenceSchema })),
  }),
);

export type ReportDifference = z.infer<typeof differenceSchema>;
