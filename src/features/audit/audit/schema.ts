/** @module features/audit/audit/schema What a dry run prints with `--json`. */
import * as z from 'zod';
import { share } from '../../../report/schema-parts.ts';

const count = z.int().nonnegative();
const tokens = z.object({ input: z.number().nonnegative(), output: z.number().nonnegative() });
const cost = z
  .number()
  .nonnegative()
  .nullable()
  .describe('US dollars; null where a price is unknown');
const width = z.number().nullable().describe('From end to end of the interval, as a share');

const modelSchema = z.object({
  role: z.enum(['subject', 'judge']),
  id: z.string(),
  label: z.string(),
  calls: count,
  tokens,
  cost,
});

/** What some clauses together could show. */
const detectablePart = z.object({
  /** Trials of one subject. */
  trials: z.number().nonnegative(),
  /** What they are worth where trials of one seed are alike as assumed. */
  effective: z.number().nonnegative(),
  /** The smallest drop from the assumed rate that is found with this power; null where trials are too few to reckon. */
  drop: share.nullable(),
  /** The highest bound that the assumed rate is shown to lie above with this power; null as above. */
  bound: share.nullable(),
});

const detectableSchema = z.object({
  power: share,
  /** Of a two-sided test. */
  alpha: share,
  /** What a subject is compared with: the others, or itself in a later run of the same plan. */
  against: z.enum(['subject', 'later_run']),
  overall: detectablePart,
  /** The clause in the middle by effective trials; null where nothing is tested. */
  medianClause: detectablePart.nullable(),
  /** Trials, each of a seed of its own, that bring half of one clause's interval down to this. */
  trialsFor: z.array(z.object({ halfWidth: share, trials: count })),
});

/** `tenet audit --dry-run --json`. */
export const planEstimateSchema = z
  .object({
    schema: z.literal('tenet.plan-estimate/1'),
    plan: z.string().describe('Hash of the plan'),
    simulated: z.boolean(),
    scenarios: z.object({
      total: count,
      bySource: z.record(z.string(), count),
      excluded: z.record(z.string(), count),
    }),
    clauses: z.object({ total: count, tested: count, untested: z.array(z.string()) }),
    samples: count,
    /** Answers that have to be asked for twice, and retries, come on top. */
    calls: z.object({ subjects: count, judges: count, total: count }),
    models: z.array(modelSchema),
    tokens,
    cost,
    /** Models without a price. */
    unpriced: z.array(z.string()),
    /** Of one subject's intervals. */
    expectedWidth: z.object({
      confidence: share,
      overall: z.object({ trials: z.number(), width }),
      levels: z.array(z.object({ level: z.string(), trials: z.number(), width })),
      medianClause: width,
    }),
    /** What the plan could tell apart; absent where samples are chosen as the run goes. */
    detectable: detectableSchema.optional(),
    /** Where samples are chosen as the run goes: figures are for as many draws as clauses of the assumed rate take. */
    sequential: z
      .object({
        precision: share.nullable(),
        bound: share.nullable(),
        ceiling: count,
        drawsPerClause: count.nullable(),
      })
      .optional(),
    /** Judging clause by clause, against the whole spec in every prompt; `share` of the tokens is saved. */
    saving: z.object({ judgeTokens: z.number(), wholeSpecTokens: z.number(), share }),
    assumed: z.object({
      adherence: share,
      correlation: share,
      subjectOutput: count,
      judgeOutput: count,
    }),
  })
  .meta({ title: 'What an audit would ask and cost' });

/** What a plan will take and show. */
export type PlanEstimate = z.infer<typeof planEstimateSchema>;
export type ModelEstimate = z.infer<typeof modelSchema>;
export type Detectable = z.infer<typeof detectableSchema>;
export type DetectableEstimate = z.infer<typeof detectablePart>;
