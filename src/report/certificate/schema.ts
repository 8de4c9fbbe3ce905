/**
 * @module report/certificate/schema
 * What is known of a judge, as a document: `tenet.certificate/1`. Within version 1 fields are added and never change
 * or go; what was added later is absent from older documents.
 */

import * as z from 'zod';
import {
  cautionFieldsOf,
  coefficient,
  count,
  countsOf,
  estimateOf,
  reasonFields,
  share,
  signedShare,
} from '../schema-parts.ts';
import { attackReportSchema } from './attack-schema.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const decision = z.enum(['adheres', 'violates']);

const promptSchema = z.strictObject({ name: z.string(), hash: sha256 });

const shareSchema = z
  .strictObject({
    hits: z
      .number()
      .nonnegative()
      .describe('whole, unless items were drawn with unequal chances and are weighted'),
    trials: count,
    effective: z
      .number()
      .nonnegative()
      .describe('independent trials that these are worth, replies of one example being alike'),
    clusters: count.describe('examples, or scenario seeds, behind the trials'),
    ...estimateOf(share),
    method: z.string(),
    ...reasonFields,
    ...cautionFieldsOf('replies of one example'),
  })
  .meta({ id: 'Share' });

export const differenceSchema = z
  .strictObject({
    ...estimateOf(signedShare),
    method: z.string(),
    ...reasonFields,
    ...cautionFieldsOf('replies of one example'),
  })
  .meta({ id: 'Difference' });

const kappaSchema = z
  .strictObject({
    estimate: coefficient,
    low: z.number().nullable(),
    high: coefficient,
    observed: share.nullable().describe('the share of items on which both agree, chance or not'),
    items: count,
    clusters: count,
    method: z.string(),
    ...reasonFields,
  })
  .meta({ id: 'Kappa' });

const outcomesSchema = z
  .strictObject({
    adheres: count,
    violates: count,
    not_applicable: count,
    unsupported: count.describe('a violation claimed without a quote that holds'),
    cannot_judge: z
      .record(z.string(), count)
      .describe('by cause: its own word (judge), malformed, refused, filtered, failed, …'),
    missing: count.describe('not asked, or not on record'),
  })
  .meta({ id: 'Outcomes' });

const errorsFields = {
  items: count,
  outcomes: outcomesSchema,
  sensitivity: shareSchema.describe('of what violates and was decided: called so'),
  specificity: shareSchema.describe('of what adheres and was decided: called so'),
};

const errorsSchema = z.strictObject(errorsFields).meta({ id: 'Errors' });

const batchSideFields = {
  batched: shareSchema,
  single: shareSchema.describe('of the same items, one clause a call'),
  lost: count.describe('items that are right alone and not in a batch'),
  gained: count,
  difference: differenceSchema.describe('batched minus single, item by item'),
};

const batchSchema = z
  .strictObject({
    size: z.number().int().min(2).describe('clauses in a call, at most'),
    prompt: promptSchema,
    margin: share.describe('more than this must not be lost'),
    items: count.describe('asked about both ways'),
    outcomes: outcomesSchema.describe('of the items in batches'),
    sensitivity: z
      .strictObject(batchSideFields)
      .describe('of what violates: called so. What can not be used is not right'),
    specificity: z.strictObject(batchSideFields).describe('of what adheres: called so'),
    noLoss: z.boolean().describe('both intervals lie above minus the margin'),
  })
  .meta({ id: 'Batch' });

const MARKS = ['good', 'ok', 'bad', 'elsewhere'] as const;

const markSchema = z.enum(MARKS);

const judgeSchema = z
  .strictObject({
    name: z.string(),
    label: z.string(),
    family: z.string().nullable(),
    parameters: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Judge' });

const transferFields = {
  marks: shareSchema,
  labels: shareSchema,
  difference: differenceSchema.describe('labels minus marks'),
};

export const certificateSchema = z
  .strictObject({
    schema: z.literal('tenet.certificate/1'),
    simulated: z.boolean().describe('true where the judge is planted: no figure is about a model'),
    key: sha256.describe('who was measured: judge, parameters but for the seed, rubrics'),
    judge: judgeSchema.nullable().describe('null for a panel'),
    panel: z
      .strictObject({
        consensus: z.enum(['majority', 'unanimity', 'latent']),
        judges: z.array(judgeSchema),
      })
      .nullable(),
    prompt: promptSchema,
    rubrics: z.array(z.strictObject({ clause: z.string(), hash: sha256 })),
    spec: z.strictObject({
      id: z.string(),
      version: z.string().nullable(),
      sha256,
    }),
    data: z.strictObject({
      hash: sha256.describe(
        'of every item: its clause, its transcript, what is right to say of it',
      ),
      items: count,
      marked: count,
      labelled: count,
      marks: countsOf(MARKS),
      abridged: count.describe('items of whose words the spec prints only a part'),
      excluded: z.record(z.string(), count).describe('marked replies that are no items, by reason'),
      runs: z.array(
        z.strictObject({
          run: z.string(),
          people: count,
          labelled: count.describe('transcripts and clauses with a truth that most people gave'),
          contested: count.describe('of these, how many people did not all agree on'),
          excluded: z.record(z.string(), count),
        }),
      ),
    }),
    created: z.iso.datetime().describe('when the last of its verdicts was given'),
    confidence: share,
    overall: errorsSchema.describe('replies marked good and bad, and labelled transcripts'),
    sources: z.array(z.strictObject({ source: z.enum(['marks', 'labels']), ...errorsFields })),
    levels: z.array(z.strictObject({ level: z.string().nullable(), ...errorsFields })),
    clauses: z.array(z.strictObject({ clause: z.string(), ...errorsFields })),
    marks: z.array(
      z.strictObject({
        mark: markSchema,
        items: count,
        outcomes: outcomesSchema,
        right: shareSchema.describe(
          'called adheres where good or ok, violates where bad; ok and elsewhere count nowhere else',
        ),
      }),
    ),
    lengths: z.array(
      z.strictObject({
        length: z.enum(['short', 'long']),
        characters: z.strictObject({ from: count, to: count }),
        ...errorsFields,
      }),
    ),
    print: z.array(z.strictObject({ print: z.enum(['whole', 'abridged']), ...errorsFields })),
    releases: z.array(z.strictObject({ release: z.string(), ...errorsFields })),
    cutoff: z
      .strictObject({
        version: z.string(),
        older: errorsSchema,
        newer: errorsSchema,
        sensitivity: differenceSchema.describe('newer minus older'),
        specificity: differenceSchema,
      })
      .nullable(),
    abstention: z.strictObject({
      undecided: shareSchema.describe('items on which it gave no verdict that can be used'),
      notApplicable: shareSchema,
    }),
    kappa: kappaSchema.describe('of the judge with the truth, beyond chance'),
    pairs: z
      .strictObject({
        prompt: promptSchema,
        pairs: count,
        asked: count.describe('questions: each pair in both orders'),
        neither: count,
        unusable: count,
        right: shareSchema.describe('of the answers that name a reply: the better one'),
        rightTwice: shareSchema.describe('of the pairs asked in both orders: right both times'),
      })
      .nullable(),
    retest: z
      .strictObject({ items: count, same: shareSchema, kappa: kappaSchema })
      .nullable()
      .describe('the same questions asked a second time'),
    bias: z.strictObject({
      position: z
        .strictObject({
          first: shareSchema.describe(
            'answers that name the reply that stands first; unbiased: half',
          ),
          inconsistent: shareSchema.describe('pairs in which the place decided, not the reply'),
        })
        .nullable(),
      length: z
        .strictObject({
          longer: shareSchema.describe('right answers where the better reply is the longer one'),
          shorter: shareSchema,
          difference: differenceSchema.describe('longer minus shorter; unbiased: 0'),
        })
        .nullable(),
      family: z
        .strictObject({
          family: z.string(),
          own: shareSchema.describe('right verdicts on transcripts of its own family'),
          others: shareSchema,
          difference: differenceSchema.describe('own minus others'),
          passedOwn: shareSchema.describe('violations of its own family that it called adhering'),
          passedOthers: shareSchema,
        })
        .nullable(),
    }),
    batch: batchSchema
      .optional()
      .describe('the same items, each asked about together with other clauses'),
    transfer: z
      .strictObject({
        runs: z.array(z.string()),
        sensitivity: z.strictObject(transferFields),
        specificity: z.strictObject(transferFields),
      })
      .nullable()
      .describe("whether what holds on the spec's marks holds on transcripts that people labelled"),
    wrong: z
      .array(
        z.strictObject({
          item: z.string(),
          clause: z.string(),
          mark: markSchema.nullable(),
          truth: decision,
          said: decision,
        }),
      )
      .describe('every decided item on which the judge differs from the truth'),
    absent: z
      .array(
        z.strictObject({
          figure: z.string(),
          reason: z.string(),
          code: z.string().optional().describe('figure and reason as one code'),
        }),
      )
      .describe('what was not measured, and why'),
    attack: attackReportSchema
      .nullable()
      .describe('what the standing suite of attacks on this judge came to; null: not tried'),
  })
  .meta({ title: 'A judge’s certificate', id: 'Certificate' });

export type Certificate = z.infer<typeof certificateSchema>;
export type Share = z.infer<typeof shareSchema>;
export type ErrorShares = z.infer<typeof errorsSchema>;
export type Outcomes = z.infer<typeof outcomesSchema>;
export type CertificateDifference = z.infer<typeof differenceSchema>;
export type BatchFigures = z.infer<typeof batchSchema>;
export type Kappa = z.infer<typeof kappaSchema>;

/** Several in one document: those of a panel's judges and the panel's own. */
export const certificatesSchema = z
  .strictObject({
    schema: z.literal('tenet.certificates/1'),
    certificates: z.array(certificateSchema),
  })
  .meta({ title: 'Judges’ certificates' });
