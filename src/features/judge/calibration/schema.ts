/** @module features/judge/calibration/schema What calibrating would take, as a document. */
import * as z from 'zod';
import { count } from '../../../report/schema-parts.ts';

const judgeEstimateSchema = z.object({
  schema: z.literal('tenet.calibration-estimate/1'),
  judge: z.string(),
  simulated: z.boolean(),
  items: count.describe('marked replies and labelled transcripts that it is asked about'),
  retest: count.describe('items asked a second time'),
  pairs: count.describe('questions about pairs: each pair is asked in both orders'),
  batched: count
    .optional()
    .describe('items asked about once more, among other clauses; absent where none are'),
  calls: count.describe(
    'at most so many; answers that have to be asked for twice, and retries, come on top',
  ),
  tokens: z.object({ input: count, output: count }),
  cost: z.number().nonnegative().nullable().describe('US dollars; null where a price is unknown'),
});

/** `tenet judge calibrate --dry-run --json`. */
export const calibrationEstimateSchema = z
  .object({
    schema: z.literal('tenet.calibration-estimate/1'),
    judges: z.array(judgeEstimateSchema),
  })
  .meta({ title: 'What calibrating judges would ask and cost' });

/** What calibrating one judge takes. */
export type CalibrationEstimate = z.infer<typeof judgeEstimateSchema>;
