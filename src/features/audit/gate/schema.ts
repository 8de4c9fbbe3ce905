/** @module features/audit/gate/schema What became of a policy as a document: `tenet.gate/1`. */
import * as z from 'zod';
import { worstSchema } from '../../../report/schema.ts';
import { count, severity, share, signedShare } from '../../../report/schema-parts.ts';
import { DEMANDS } from './policy-schema.ts';

const judge = z.enum(['measured', 'unmeasured']).optional().describe('absent: not asked');

const figureSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('rate'),
      estimate: share.nullable(),
      low: share,
      high: share.nullable(),
      judge,
    }),
    z.strictObject({
      type: z.literal('violations'),
      counts: z
        .strictObject({
          minor: count.optional(),
          major: count.optional(),
          critical: count.optional(),
        })
        .describe('as grave as was asked about, or graver'),
    }),
    z.strictObject({
      type: z.literal('undecided'),
      undecided: count.describe('cases without a verdict that decides'),
      of: count,
    }),
    z.strictObject({
      type: z.literal('difference'),
      estimate: signedShare.nullable(),
      low: signedShare.nullable(),
      high: signedShare,
      baseline: z.string(),
    }),
  ])
  .meta({ id: 'Figure' });

const checkSchema = z
  .strictObject({
    gate: z.string(),
    line: z.int().positive().describe('of the policy file'),
    subject: z.string(),
    target: z.string(),
    demand: z.enum(DEMANDS),
    value: z.union([share, severity]).describe('what is demanded'),
    corrected: z.boolean().describe('of the rate that is corrected for the judge’s errors'),
    // `unknown` fails the gate like `failed`, save where one of many clauses can't be compared with a baseline and
    // others can: no number of runs would give a clause with one scenario an interval.
    outcome: z.enum(['passed', 'failed', 'unknown']).describe('unknown: the data can’t tell'),
    passed: z
      .boolean()
      .describe(
        'true for what can’t be told only of one clause among many, others of which can be compared',
      ),
    asked: z.string(),
    found: z.string(),
    figure: figureSchema.nullable().describe('what was found, as data; null: the data can’t tell'),
    reason: z.string().nullable().describe('why the data can’t tell'),
    code: z.string().nullable().describe('the same as data, with `data`'),
    data: z.record(z.string(), z.unknown()),
    evidence: z
      .array(z.strictObject({ clause: z.string(), worst: worstSchema }))
      .describe('transcripts that show it, gravest first'),
  })
  .meta({ id: 'Check' });

export const gateSchema = z
  .strictObject({
    schema: z.literal('tenet.gate/1'),
    run: z.string(),
    simulated: z.boolean(),
    passed: z.boolean(),
    checks: z.array(checkSchema),
  })
  .meta({ title: 'What became of a policy' });

/** What a demand is held against. */
export type Figure = z.infer<typeof figureSchema>;
/** One demand on one thing of one subject, and whether it holds. */
export type Check = z.infer<typeof checkSchema>;
/** What became of a policy. */
export type GateDocument = z.infer<typeof gateSchema>;
