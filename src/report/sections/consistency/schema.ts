/** @module report/sections/consistency/schema What a report says of repeats. */

import * as z from 'zod';
import { count, estimateOf, judgedFields, share } from '../../schema-parts.ts';

export const repeatedRateSchema = z
  .strictObject({
    ...estimateOf(share),
    method: z.string(),
    confidence: share,
    tries: count.describe('repeats in a row'),
    scenarios: count.describe('with as many judged repeats, once for each clause they test'),
    tooFewRepeats: count.describe('scenarios left out for having fewer judged repeats'),
    clusters: count.describe('independent seeds behind the scenarios'),
    ...judgedFields,
    judge: z.enum(['measured', 'unmeasured']).describe('whether there is a certificate that fits'),
  })
  .meta({ id: 'RepeatedRate' });

const allAdhereSchema = z
  .array(repeatedRateSchema)
  .describe('share of scenarios in which so many repeats all adhere; fewest repeats first');

export const consistencySchema = z
  .strictObject({
    overall: allAdhereSchema,
    levels: z.array(z.strictObject({ level: z.string(), allAdhere: allAdhereSchema })),
    prohibitions: z
      .strictObject({
        together: repeatedRateSchema,
        clauses: z
          .array(z.strictObject({ id: z.string(), violationWithin: repeatedRateSchema }))
          .describe('the most surely broken first'),
      })
      .nullable()
      .describe(
        'share of scenarios in which at least one of the repeats violates, for clauses that are rules or whose title forbids; null: none was tested',
      ),
  })
  .meta({ id: 'Consistency' });

export type ReportConsistency = z.infer<typeof consistencySchema>;
export type ReportRepeatedRate = z.infer<typeof repeatedRateSchema>;
