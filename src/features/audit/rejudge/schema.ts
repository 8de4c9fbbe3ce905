/**
 * @module features/audit/rejudge/schema
 * What a dry run of judging again prints with `--json`, and what the new run's report says of it.
 */
import * as z from 'zod';
import { count, outcome } from '../../../report/schema-parts.ts';
import { agreementSchema } from '../../../report/sections/panel/schema.ts';

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

/** What became of verdicts when transcripts were judged again. */
export const againSchema = z
  .strictObject({
    run: z.string().describe('the run whose transcripts were judged again'),
    judges: z.array(z.string()).describe('who judged it'),
    cases: count.describe('transcripts and clauses that have a verdict in both runs'),
    changed: count.describe('of these, those whose verdict is another now'),
    transitions: z
      .array(z.strictObject({ from: outcome, to: outcome, count }))
      .describe('what became what, the most frequent first'),
    agreement: agreementSchema.describe('of both verdicts where both decided'),
    changes: z
      .array(
        z.strictObject({ transcript: z.string(), clause: z.string(), from: outcome, to: outcome }),
      )
      .describe('in the plan’s order, the first thousand'),
  })
  .meta({ id: 'JudgedAgain' });

export type ReportAgain = z.infer<typeof againSchema>;
