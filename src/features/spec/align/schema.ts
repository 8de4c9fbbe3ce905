/** @module features/spec/align/schema Two specs side by side: what `tenet spec align --json` prints. */
import * as z from 'zod';

/** What a judge may say of two clauses: how the first one stands to the second. */
export const RELATIONS = ['same', 'broader', 'narrower', 'conflicting', 'unrelated'] as const;

const count = z.int().nonnegative();
const similarity = z.number().min(0).max(1).describe('0: no telling word in common');
const words = z.array(z.string()).describe('Those that both share and that count most');

const specSchema = z.object({
  id: z.string(),
  version: z.string().nullable(),
  title: z.string(),
  sha256: z.string(),
  clauses: count,
});

const clauseSchema = z.object({
  id: z.string(),
  title: z.string(),
  level: z.string().nullable(),
  line: z.int().positive(),
});

const judgementSchema = z.union([
  z.object({ relation: z.enum(RELATIONS), reason: z.string() }),
  z.object({
    relation: z.null(),
    undetermined: z.string().describe('Why there is no answer'),
    code: z.string(),
    data: z.record(z.string(), z.unknown()),
  }),
]);

const pairSchema = z.object({
  first: clauseSchema,
  second: clauseSchema,
  similarity,
  match: z
    .enum(['identical', 'mutual', 'further', 'judged'])
    .describe(
      'identical: word for word. mutual: each is the likest of the other. further: one of them has a likelier partner, or was not the likeliest of its partner. judged: a judge sees a link that words do not show',
    ),
  words,
  judgement: judgementSchema.nullable().describe('Null where the judge was not asked'),
});

const loneSchema = clauseSchema.extend({
  nearest: z
    .object({ id: z.string(), similarity, words })
    .nullable()
    .describe('The likest clause of the other spec; not like enough'),
});

/** `tenet spec align --json`. */
export const alignmentSchema = z
  .object({
    schema: z.literal('tenet.alignment/1'),
    first: specSchema,
    second: specSchema,
    least: z.number().describe('Less alike than this is no pair'),
    clear: z.number().describe('At least this much alike needs no judge'),
    judge: z
      .object({ model: z.string(), simulated: z.boolean(), asked: count, undetermined: count })
      .nullable()
      .describe('The model that decided what words left open'),
    pairs: z
      .array(pairSchema)
      .describe('In the order of the clauses of the first spec, the likest first'),
    onlyFirst: z.array(loneSchema),
    onlySecond: z.array(loneSchema),
  })
  .meta({ title: 'Two specs side by side' });

/** How the first of two clauses stands to the second. */
export type Relation = (typeof RELATIONS)[number];

/** One of the two specs. */
export type AlignedSpec = z.infer<typeof specSchema>;

export type AlignedClause = z.infer<typeof clauseSchema>;

/** A clause of the first spec and one of the second that are about the same. */
export type AlignedPair = z.infer<typeof pairSchema>;

/** A judge's answer about a pair, or why there is none. */
export type Judgement = z.infer<typeof judgementSchema>;

/** A clause without a partner. */
export type LoneClause = z.infer<typeof loneSchema>;

/** The clauses of two specs side by side. */
export type Alignment = z.infer<typeof alignmentSchema>;
