/** @module features/audit/rejudge/schema What a dry run of judging again prints with `--json`. */
import { z } from 'zod';

const count = z.int().nonnegative();
const cost = z
  .number()
  .nonnegative()
  .nullable()
  .describe('US dollars; null where a price is not known');

/** `tenet judge again RUN --dry-run --json`. */
export const rejudgeEstimateSchema = z
  .object({
    schema: z.literal('tenet.again-estimate/1'),
    plan: z.string().describe('Hash of the plan'),
    simulated: z.boolean(),
    run: z.string().describe('The run whose transcripts are judged'),
    transcripts: count,
    byCode: count.describe('Verdicts that code gives, and that cost nothing'),
    calls: count,
    judges: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        calls: count,
        tokens: z.object({ input: z.number(), output: z.number() }),
        cost,
      }),
    ),
    cost,
  })
  .meta({ title: 'What judging transcripts again would ask and cost' });

export type RejudgeEstimate = z.infer<typeof rejudgeEstimateSchema>;
