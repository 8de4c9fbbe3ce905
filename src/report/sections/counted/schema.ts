/** @module report/sections/counted/schema What a report says of everything that was planned, and of what it took. */
import * as z from 'zod';
import { CAUSES, VERDICT_OUTCOMES } from '../../../ledger/records.ts';
import { MISSING } from '../../../run/counts.ts';
import { count, countsOf } from '../../schema-parts.ts';

const tokens = z.number().nonnegative().nullable().describe('null where a provider did not say');

const usageSchema = z
  .strictObject({
    input: tokens,
    output: tokens,
    cost: z.number().nonnegative().nullable().describe('US dollars; null where a price is unknown'),
  })
  .meta({ id: 'Usage' });

export const samplesSchema = countsOf(['planned', 'replied', ...MISSING]).meta({ id: 'Samples' });

const cannotJudgeSchema = countsOf(CAUSES).meta({ id: 'CannotJudge' });

const verdictsSchema = countsOf(VERDICT_OUTCOMES).meta({ id: 'Verdicts' });

export const accountingSchema = z.strictObject({
  samples: samplesSchema,
  verdicts: verdictsSchema.describe('of the judge, or of the panel'),
  cannotJudge: cannotJudgeSchema
    .safeExtend({
      split: count.optional().describe('the judges of a panel are divided'),
      own_family: count.optional().describe('only judges of the subject’s own family gave it'),
    })
    .describe('of the judge, or of the panel, by cause'),
  truncated: count.describe('replies that the token limit cut short'),
  usage: usageSchema,
  subjects: z.array(
    z.strictObject({
      id: z.string(),
      samples: samplesSchema,
      truncated: count,
      usage: usageSchema,
    }),
  ),
  judges: z.array(
    z.strictObject({
      id: z.string(),
      verdicts: count,
      cannotJudge: cannotJudgeSchema,
      usage: usageSchema,
    }),
  ),
});

export type ReportAccounting = z.infer<typeof accountingSchema>;
