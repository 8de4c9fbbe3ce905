/** @module features/audit/audit/schema What a dry run prints with `--json`. */
import { z } from 'zod';

const count = z.int().nonnegative();
const tokens = z.object({ input: z.number().nonnegative(), output: z.number().nonnegative() });
const cost = z
  .number()
  .nonnegative()
  .nullable()
  .describe('US dollars; null where a price is unknown');
const width = z.number().nullable().describe('From end to end of the interval, as a share');
const share = z.number().min(0).max(1);

const modelSchema = z.object({
  role: z.enum(['subject', 'judge']),
  id: z.string(),
  label: z.string(),
  calls: count,
  tokens,
  cost,
});

const detectablePart = z.object({
  trials: z.number().nonnegative(),
  effective: z.number().nonnegative(),
  drop: share.nullable(),
  bound: share.nullable(),
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
    calls: z.object({ subjects: count, judges: count, total: count }),
    models: z.array(modelSchema),
    tokens,
    cost,
    unpriced: z.array(z.string()),
    expectedWidth: z.object({
      confidence: share,
      overall: z.object({ trials: z.number(), width }),
      levels: z.array(z.object({ level: z.string(), trials: z.number(), width })),
      medianClause: width,
    }),
    detectable: z
      .object({
        power: share,
        alpha: share,
        against: z.enum(['subject', 'later_run']),
        overall: detectablePart,
        medianClause: detectablePart.nullable(),
        trialsFor: z.array(z.object({ halfWidth: share, trials: count })),
      })
      .optional(),
    sequential: z
      .object({
        precision: share.nullable(),
        bound: share.nullable(),
        ceiling: count,
        drawsPerClause: count.nullable(),
      })
      .optional(),
    saving: z.object({ judgeTokens: z.number(), wholeSpecTokens: z.number(), share }),
    assumed: z.object({
      adherence: share,
      correlation: share,
      subjectOutput: count,
      judgeOutput: count,
    }),
  })
  .meta({ title: 'What an audit would ask and cost' });
