/**
 * @module report/sections/spending/schema
 * What a report says of a run whose samples were chosen as it went.
 */

import * as z from 'zod';
import { count, share } from '../../schema-parts.ts';

export const spendingSchema = z
  .strictObject({
    precision: share
      .nullable()
      .describe('half the width asked for; null: as narrow as the budget allowed'),
    bound: share
      .nullable()
      .describe('a clause was settled where its interval lay on one side of it'),
    rounds: count,
    spent: z.boolean().describe('the budget ended the run'),
    draws: count,
    equalDraws: count.describe(
      'draws that the same widest interval takes where every clause gets as many as the one that got most',
    ),
    widest: share.nullable().describe('half the width of the widest clause interval'),
    clauses: z.array(
      z.strictObject({
        subject: z.string(),
        clause: z.string(),
        draws: count.describe('scenarios drawn for it'),
        verdicts: count.describe('of these, how many were judged adheres or violates'),
        halfWidth: share.nullable(),
        stopped: z
          .enum(['precise', 'one_side', 'ceiling', 'nothing', 'drifting'])
          .nullable()
          .describe(
            'interval narrow enough; wholly on one side of the bound; scenarios asked as often as allowed; no verdict comes of its draws; no one rate agrees with them; null: it would have gone on',
          ),
      }),
    ),
  })
  .meta({ id: 'Spending' });

export type Spending = z.infer<typeof spendingSchema>;
