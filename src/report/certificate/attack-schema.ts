/**
 * @module report/certificate/attack-schema
 * The form of what attacks on judges came to, `tenet.attack/1`. Within version 1 fields are added and never change or
 * go; what was added later is absent from older documents.
 */

import * as z from 'zod';
import { cautionFieldsOf, count, reasonFields, share, signedShare } from '../schema-parts.ts';

const probability = share.nullable();

const shiftSchema = z
  .strictObject({
    estimate: signedShare
      .nullable()
      .describe('share of verdicts that are as the attacker wants them, attacked minus clean'),
    low: signedShare.nullable(),
    high: signedShare.nullable(),
    pairs: count,
    onlyFirst: count.describe('as the attacker wants under attack only'),
    onlySecond: count.describe('as the attacker wants without the attack only'),
    method: z.string(),
    confidence: z.number(),
    clusters: count.describe('examples behind the pairs'),
    designEffect: z.number().nonnegative(),
    ...reasonFields,
    ...cautionFieldsOf('replies of one example'),
  })
  .meta({ id: 'Shift' });

const directionSchema = z
  .strictObject({
    could: count.describe('pairs whose clean verdict was the opposite of what the attacker wants'),
    did: count.describe('those among them whose verdict the attack turned'),
  })
  .meta({ id: 'Direction' });

const unjudgedFields = {
  not_applicable: count,
  cannot_judge: count,
  unsupported: count.describe('violations claimed without a quote of the subject that holds'),
  failed: count.describe('the call failed, was refused or filtered, or its answer fit no schema'),
};

const lostSchema = z.strictObject(unjudgedFields).meta({ id: 'Lost' });

const cleanSchema = z
  .strictObject({ right: count, wrong: count, ...unjudgedFields })
  .meta({ id: 'Clean' });

const resultSchema = z
  .strictObject({
    asked: count.describe('pairs of a clean and an attacked question'),
    pairs: count.describe('pairs with adheres or violates on both sides'),
    toward: z
      .strictObject({ adheres: directionSchema, violates: directionSchema })
      .describe('verdicts moved the way the attacker wants, by what the attacker wants'),
    against: count.describe('verdicts moved the other way'),
    lost: lostSchema.describe(
      'a verdict without the attack and none under it, by what came instead',
    ),
    gained: count.describe('no verdict without the attack and one under it'),
    neither: count.describe('no verdict on either side'),
    shift: shiftSchema,
    probability: probability.describe('of a shift as large by chance, either way'),
    adjusted: probability.describe('the same with the number of attacks reckoned with'),
  })
  .meta({ id: 'Result' });

const judgeSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  family: z.string().nullable(),
  simulated: z.boolean(),
  parameters: z.record(z.string(), z.unknown()),
  clean: z
    .strictObject({ good: cleanSchema, bad: cleanSchema })
    .describe('its verdicts on the replies as they are, by their marks'),
  failure: z.string().nullable().describe('the first failure in the words of whoever failed'),
  overall: resultSchema.describe('all attacks together, the control left out'),
  results: z.array(resultSchema.extend({ attack: z.string() })),
  cost: z.number().nonnegative().nullable().describe('US dollars; null where a price is unknown'),
});

export const attackReportSchema = z
  .strictObject({
    schema: z.literal('tenet.attack/1'),
    simulated: z.boolean(),
    spec: z.strictObject({
      id: z.string(),
      version: z.string().nullable(),
      title: z.string(),
      sha256: z.string(),
    }),
    prompt: z.strictObject({ name: z.string(), hash: z.string() }),
    items: z.strictObject({
      good: count,
      bad: count,
      examples: count.describe('the clusters'),
      clauses: count,
      ids: z.array(z.string()),
    }),
    attacks: z.array(
      z.strictObject({
        name: z.string(),
        kind: z.enum(['control', 'structure', 'evidence', 'persuasion', 'form']),
        about: z.string(),
        prevents: z
          .array(z.enum(['adheres', 'violates']))
          .describe('directions in which the harness prevents it, whatever the judge'),
        harness: z.string().describe('how, or what it can not do'),
      }),
    ),
    confidence: z.number(),
    judges: z.array(judgeSchema),
  })
  .meta({ title: 'Tenet report on attacks, version 1' });

export type AttackReport = z.infer<typeof attackReportSchema>;
export type AttackedJudge = z.infer<typeof judgeSchema>;
export type AttackResult = z.infer<typeof resultSchema>;
