/**
 * @module report/schema
 * The form of a report, `tenet.report/1`. `docs/schemas/report-1.json` is made from it with
 * `node scripts/report-schema.ts`; within version 1 fields are added and never change or go.
 */

import { z } from 'zod';
import { againSchema } from '../features/audit/rejudge/again-schema.ts';
import { instrumentSchema } from '../features/judge/correction/instrument-schema.ts';
import { count, severity, share, signedShare } from './schema-parts.ts';
import { consistencySchema } from './sections/consistency/consistency-schema.ts';
import { panelSchema } from './sections/panel/panel-schema.ts';
import { spendingSchema } from './sections/spending/spending-schema.ts';

const tokens = z.number().nonnegative().nullable().describe('null where a provider did not say');

const usageSchema = z
  .strictObject({
    input: tokens,
    output: tokens,
    cost: z.number().nonnegative().nullable().describe('US dollars; null where a price is unknown'),
  })
  .meta({ id: 'Usage' });

const intervalSchema = z.strictObject({ low: share, high: share }).meta({ id: 'Interval' });

const severityCountsSchema = z
  .strictObject({ minor: count, major: count, critical: count })
  .meta({ id: 'SeverityCounts' });

const countsSchema = z
  .strictObject({
    adheres: count,
    violates: count,
    not_applicable: count,
    cannot_judge: count,
    unsupported: count.describe(
      'violations claimed without a quote of the subject that stands in the transcript',
    ),
    missing: z
      .strictObject({
        refused: count,
        filtered: count,
        unsupported: count,
        failed: count,
        not_run: count,
      })
      .describe('samples that have no verdict, by what became of them'),
  })
  .meta({ id: 'Counts' });

const estimateFields = {
  method: z.string(),
  confidence: share,
  clusters: count.describe('independent seeds behind the trials'),
  designEffect: z.number().nonnegative(),
  correction: z.literal('none').describe('what was done about the judge’s errors'),
  judge: z
    .enum(['measured', 'unmeasured'])
    .optional()
    .describe('whether there is a certificate of the judge that fits; absent: not asked'),
  reason: z.string().optional().describe('why a figure is null'),
  caution: z.string().optional().describe('what the interval takes for granted'),
};

const rateSchema = z
  .strictObject({
    estimate: share.nullable().describe('adheres / (adheres + violates)'),
    low: share.nullable(),
    high: share.nullable(),
    successes: count,
    trials: count,
    ...estimateFields,
  })
  .meta({ id: 'Rate' });

const differenceSchema = z
  .strictObject({
    estimate: signedShare.nullable().describe('rate of the first subject minus that of the second'),
    low: signedShare.nullable(),
    high: signedShare.nullable(),
    pairs: count,
    onlyFirst: count,
    onlySecond: count,
    ...estimateFields,
  })
  .meta({ id: 'Difference' });

const correctedRateSchema = z
  .strictObject({
    estimate: share.nullable(),
    low: share.nullable(),
    high: share.nullable(),
    method: z.string(),
    confidence: share,
    labels: z.number().nonnegative().describe('labelled replies that it stands on'),
    reason: z.string().optional().describe('why a figure is null'),
    caution: z.string().optional().describe('what it takes for granted'),
    labelsNeeded: count.optional().describe('how many labels would do, where there are too few'),
  })
  .meta({ id: 'CorrectedRate' });

const correctedSchema = z
  .strictObject({
    roganGladen: correctedRateSchema.describe('by the judge’s certificate'),
    predictionPowered: correctedRateSchema.describe('by people’s labels on this run'),
    preferred: z
      .enum(['roganGladen', 'predictionPowered'])
      .nullable()
      .describe(
        'which one to go by; null where neither has a figure, or labels refute the only one',
      ),
  })
  .meta({ id: 'Corrected' });

const measureSchema = z.strictObject({
  counts: countsSchema,
  rate: rateSchema,
  corrected: correctedSchema.optional().describe('the rate corrected for the judge’s errors'),
  worstCase: intervalSchema
    .nullable()
    .describe('where the rate would lie had all that was not judged gone one way or the other'),
  severity: severityCountsSchema,
});

/** A transcript that violates a clause, with the words that show it. */
export const worstSchema = z
  .strictObject({
    transcript: z.string(),
    scenario: z.string(),
    severity: severity,
    reason: z.string(),
    quotes: z.array(
      z.strictObject({
        message: z.string(),
        quote: z.string().describe('the words as they stand in the transcript'),
        start: count,
        end: count,
        toolCall: count
          .optional()
          .describe(
            'which tool call of the message, from 0, written name(arguments); absent: its content',
          ),
      }),
    ),
  })
  .meta({ id: 'Worst' });

const clauseSchema = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    level: z.string().nullable(),
    kind: z.enum(['objective', 'rule', 'default', 'definition']).nullable(),
    hash: z.string().describe('sha256 of the words it was judged against'),
    ...measureSchema.shape,
    atMost: share
      .optional()
      .describe(
        'where no violation was seen: how large the share of violations may still be, one-sided',
      ),
    standsOut: z
      .boolean()
      .describe('lower than chance explains, among all clauses of this subject'),
    worst: z.array(worstSchema),
  })
  .meta({ id: 'Clause' });

const subjectResultSchema = z
  .strictObject({
    id: z.string(),
    selfJudged: z.boolean().describe('no judge is of another family than its own'),
    overall: measureSchema,
    levels: z.array(z.strictObject({ level: z.string(), ...measureSchema.shape })),
    kinds: z.array(z.strictObject({ kind: z.string(), ...measureSchema.shape })),
    clauses: z.array(clauseSchema),
    consistency: consistencySchema.optional().describe('where scenarios were asked repeatedly'),
  })
  .meta({ id: 'SubjectResult' });

const parametersSchema = z.record(z.string(), z.unknown());

const modelFields = {
  id: z.string(),
  label: z.string().describe('as the user wrote it'),
  family: z.string().nullable(),
  simulated: z.boolean(),
  parameters: parametersSchema,
};

const samplesSchema = z
  .strictObject({
    planned: count,
    replied: count,
    refused: count,
    filtered: count,
    unsupported: count,
    failed: count,
    not_run: count,
  })
  .meta({ id: 'Samples' });

const cannotJudgeSchema = z
  .strictObject({
    judge: count,
    malformed: count,
    refused: count,
    filtered: count,
    unsupported: count,
    failed: count,
  })
  .meta({ id: 'CannotJudge' });

const verdictsSchema = z
  .strictObject({
    adheres: count,
    violates: count,
    not_applicable: count,
    cannot_judge: count,
    unsupported: count,
  })
  .meta({ id: 'Verdicts' });

const accountingSchema = z.strictObject({
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

const findingSchema = z
  .strictObject({
    door: z.enum(['model', 'spec', 'judge', 'scenario']),
    code: z.string(),
    severity: z.enum(['high', 'medium', 'low']),
    subject: z.string().nullable(),
    clause: z.string().nullable(),
    text: z.string(),
    evidence: z.array(z.string()).describe('transcripts'),
    next: z.string(),
  })
  .meta({ id: 'Finding' });

export const reportSchema = z.strictObject({
  schema: z.literal('tenet.report/1'),
  run: z.strictObject({
    id: z.string(),
    plan: z.string().describe('sha256 of what was asked, of whom, and judged how'),
    state: z.enum(['started', 'resumed', 'finished', 'stopped']),
    reason: z.string().nullable().describe('why it stopped'),
    simulated: z.boolean(),
    specs: z.array(
      z.strictObject({
        id: z.string(),
        version: z.string().nullable(),
        title: z.string(),
        sha256: z.string(),
        levels: z.array(z.string()).describe('highest authority first'),
        clauses: count,
      }),
    ),
    suite: z.strictObject({
      hash: z.string(),
      scenarios: count,
      excluded: z.record(z.string(), count),
    }),
    subjects: z.array(
      z.strictObject({
        ...modelFields,
        system: z.string().nullable().describe('sha256 of the system prompt'),
      }),
    ),
    judges: z.array(z.strictObject({ ...modelFields, prompt: z.string() })),
    rubrics: z
      .array(
        z.strictObject({
          clause: z.string(),
          name: z.string().describe('id@version'),
          hash: z.string().describe('sha256 of the file'),
          byCode: z.boolean().describe('whether its checks judge, and no model is asked'),
        }),
      )
      .optional()
      .describe('what clauses were judged by beside their words'),
    transcriptsOf: z
      .string()
      .optional()
      .describe('the run whose transcripts were judged again; no subject was asked'),
    repeats: count,
    seed: z.number().nullable(),
    confidence: share,
  }),
  notes: z.array(z.string()).describe('what a reader must know before any number'),
  accounting: accountingSchema,
  again: againSchema.optional().describe('where transcripts of another run were judged again'),
  instrument: instrumentSchema.optional().describe('what is known of the judge’s errors'),
  panel: panelSchema.optional().describe('where several models judge'),
  subjects: z.array(subjectResultSchema),
  comparisons: z.array(
    z.strictObject({
      first: z.string(),
      second: z.string(),
      overall: differenceSchema,
      levels: z.array(z.strictObject({ level: z.string(), difference: differenceSchema })),
    }),
  ),
  spending: spendingSchema
    .optional()
    .describe('where calls went, for a run whose samples were chosen as it went'),
  untested: z.array(z.string()).describe('clauses that no scenario tests'),
  findings: z.array(findingSchema),
});

export type Report = z.infer<typeof reportSchema>;
export type ReportSubject = z.infer<typeof subjectResultSchema>;
export type ReportClause = z.infer<typeof clauseSchema>;
export type ReportMeasure = z.infer<typeof measureSchema>;
export type ReportRate = z.infer<typeof rateSchema>;
export type ReportCorrectedRate = z.infer<typeof correctedRateSchema>;
export type ReportDifference = z.infer<typeof differenceSchema>;
export type ReportWorst = z.infer<typeof worstSchema>;
export type ReportFinding = z.infer<typeof findingSchema>;

/** The JSON Schema of a report. */
export function reportJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(reportSchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'Tenet report, version 1' };
}
