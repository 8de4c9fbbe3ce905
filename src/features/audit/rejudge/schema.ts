/**
 * @module features/audit/rejudge/schema
 * The part of a report that tells what became of verdicts when transcripts were judged again.
 */

import { z } from 'zod';
import { count, outcome } from '../../../report/schema-parts.ts';
import { agreementSchema } from '../../../report/sections/panel/schema.ts';

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
