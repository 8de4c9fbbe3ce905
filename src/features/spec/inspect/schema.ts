/** @module features/spec/inspect/schema What looking into a spec prints with `--json`. */
import * as z from 'zod';

const count = z.int().nonnegative();
const counts = z.record(z.string(), count);
const point = z.object({ line: z.int().positive(), column: z.int().positive(), offset: count });
const span = z.object({ start: point, end: point });

const diagnosticSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'information']),
  message: z.string(),
  data: z.record(z.string(), z.unknown()).describe('What the message was made from'),
  file: z.string(),
  span,
});

/** `tenet spec stats --json`. */
export const specStatsSchema = z
  .object({
    schema: z.literal('tenet.spec-stats/1'),
    headings: counts.describe('By depth: total, h1, h2, …'),
    levels: counts.describe('Headings by level, in the order of the spec, then `none`'),
    examples: count,
    comparisons: count,
    verdicts: counts.describe('Replies in examples by their mark'),
    commentary: count,
    evalTags: count,
    evalFiles: count,
    evalPrompts: count,
    references: counts.describe('References by their form'),
    dangling: z.array(z.string()).describe('Ids that are pointed to and that no section has'),
    tagsWithoutFile: z.array(z.string()),
    filesWithoutTag: z.array(z.string()),
    diagnostics: z.array(diagnosticSchema),
  })
  .meta({ title: 'Counts of a spec' });

/** `tenet spec show FILE CLAUSE --json`: a section, with its words as a judge is shown them. */
export const clauseSchema = z
  .looseObject({
    schema: z.literal('tenet.clause/1'),
    id: z.string(),
    title: z.string(),
    level: z.string().nullable(),
    kind: z.string().nullable(),
    isClause: z.boolean(),
    heading: span,
    span,
    textHash: z.string().describe("sha256 of the section's own source text"),
    brief: z.object({
      text: z.string().describe('What directs behaviour, as Markdown'),
      commentary: z.array(z.string()),
      references: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          level: z.string().nullable(),
          firstSentence: z.string().describe('Of its own text; empty if it has none'),
        }),
      ),
      examples: z.array(z.looseObject({ ordinal: z.int().positive(), title: z.string() })),
    }),
  })
  .meta({ title: 'A clause of a spec' });

/** `tenet spec convert --json`. */
export const specConvertSchema = z
  .object({
    schema: z.literal('tenet.spec-convert/1'),
    spec: z.object({ id: z.string(), version: z.string().nullable(), sha256: z.string() }),
    from: z.string().describe('The dialect that it was read as'),
    to: z.string(),
    clauses: count,
    losses: z
      .array(z.object({ code: z.string(), count: z.int().positive() }))
      .describe('What the form has no place for'),
    text: z.string().describe('The spec in the form'),
    sha256: z.string().describe('Of the text'),
  })
  .meta({ title: 'A spec in another form' });

/** `tenet init --json`. */
export const initSchema = z
  .object({
    schema: z.literal('tenet.init/1'),
    spec: z.object({ id: z.string(), version: z.string() }),
    folder: z.string(),
    files: z
      .array(z.object({ path: z.string(), bytes: count, sha256: z.string() }))
      .describe('What was written, by its path from the folder, the spec first'),
  })
  .meta({ title: 'A spec that was begun' });

/** `tenet spec query --json`. */
export const specQuerySchema = z
  .object({
    schema: z.literal('tenet.spec-query/1'),
    spec: z.object({ id: z.string(), version: z.string().nullable(), sha256: z.string() }),
    query: z.string(),
    count,
    clauses: z.array(
      z.object({
        id: z.string(),
        level: z.string().nullable(),
        kind: z.string().nullable(),
        line: z.int().positive(),
        title: z.string(),
        examples: count,
        comparisons: count,
        evalTags: count,
        commentary: count,
      }),
    ),
  })
  .meta({ title: 'The clauses that a query chooses' });

/** A clause with what it holds. */
export type ClauseRow = z.infer<typeof specQuerySchema>['clauses'][number];
