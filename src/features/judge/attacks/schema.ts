/** @module features/judge/attacks/schema What the attacks are, and what they would take, as documents. */
import * as z from 'zod';
import { attackReportSchema } from '../../../report/certificate/attack-schema.ts';
import { count } from '../../../report/schema-parts.ts';

const judgeEstimateSchema = z.object({
  judge: z.string(),
  questions: count,
  input: count.describe('tokens'),
  output: count.describe('tokens'),
  cost: z.number().nonnegative().nullable().describe('US dollars; null where a price is unknown'),
  byAttack: z.array(
    z.object({
      attack: z.string().nullable().describe('null: the replies as they are'),
      questions: count,
      input: count,
    }),
  ),
});

/** `tenet judge attack --dry-run --json`. */
export const attackEstimateSchema = z
  .object({
    schema: z.literal('tenet.attack-estimate/1'),
    judges: z.array(judgeEstimateSchema),
  })
  .meta({ title: 'What attacks on judges would ask and cost' });

/** What attacking one judge takes. */
export type AttackEstimate = z.infer<typeof judgeEstimateSchema>;

/** `tenet judge attack --list --json`. */
export const attackListSchema = z
  .object({
    schema: z.literal('tenet.attack-list/1'),
    attacks: attackReportSchema.shape.attacks,
  })
  .meta({ title: 'The standing suite of attacks on judges' });
