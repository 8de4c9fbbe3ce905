/** @module features/spec/diff/schema What two versions of a spec differ in, clause by clause: `tenet.spec-diff/1`. */
import * as z from 'zod';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const ids = z.array(z.string());
const line = z.int().positive().nullable();

const classSchema = z
  .enum(['normative', 'clarifying', 'editorial'])
  .describe(
    'normative: what was right may be wrong now, or the reverse; clarifying: the same duty in other words, explained or shown; editorial: how it is typed',
  );

const reasonSchema = z.object({
  code: z.string(),
  data: z.record(z.string(), z.unknown()).describe('What the sentence names'),
});
const reasons = z.array(reasonSchema).describe('The reason as data');

const documentSchema = z.object({
  id: z.string(),
  version: z.string().nullable(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const renameSchema = z.object({
  from: z.string(),
  to: z.string(),
  similarity: share.describe('Twice the word sequences that both texts share, over all of both'),
  evidence: z.enum(['text', 'alias']).describe('alias: the newer document says so itself'),
});

const partSchema = z.object({
  id: z.string(),
  similarity: share.describe('Of its word sequences, those that are found there'),
});

const levelsSchema = z.object({
  renamed: z.array(z.object({ from: z.string(), to: z.string() })),
  added: ids,
  removed: ids,
  reordered: ids.describe('Levels of both versions whose order among each other is another'),
  overridable: z
    .array(z.object({ name: z.string(), from: z.boolean(), to: z.boolean() }))
    .describe('Levels whose clauses may be overridden now and might not before, or the reverse'),
});

const mark = z.enum(['good', 'ok', 'bad']).nullable();

const exampleChangeSchema = z.object({
  id: z.string().describe('The section it stands in now; the older one of what was removed'),
  title: z.string(),
  type: z.enum(['added', 'removed', 'moved', 'changed']),
  class: classSchema,
  reason: z.string().describe('Why it is of this class, in words'),
  reasons,
  from: z.string().optional().describe('The older section of one that was moved'),
  retitledFrom: z.string().optional().describe('The older title, where it is another one'),
  marks: z
    .array(z.object({ from: mark, to: mark, reply: z.string() }))
    .optional()
    .describe('Replies that stayed the same and have another mark now'),
});

const wordPieceSchema = z
  .tuple([z.enum(['=', '-', '+']), z.string()])
  .describe('A stretch in both (=), in the older only (-), in the newer only (+)');

const sentenceChangeSchema = z.object({
  type: z.enum(['added', 'removed', 'changed', 'moved']),
  class: classSchema,
  reason: z.string().describe('Why it is of this class, in words'),
  code: z.string().describe('The reason as data'),
  data: z.record(z.string(), z.unknown()),
  before: z.string().nullable(),
  after: z.string().nullable(),
  words: z.array(wordPieceSchema).optional().describe('Word by word, for changed'),
});

const changeSchema = z.object({
  id: z
    .string()
    .nullable()
    .describe('The newer id; the older one of what was removed; null for the whole document'),
  from: z.string().optional().describe('The older id, where it is another one'),
  kind: z.enum([
    'added',
    'removed',
    'renamed',
    'merged',
    'split',
    'level',
    'levels',
    'kind',
    'attributes',
    'title',
    'moved',
    'order',
    'text',
    'commentary',
    'examples',
    'eval-tags',
    'eval-prompts',
    'preamble',
    'layout',
  ]),
  class: classSchema,
  reason: z.string().describe('Why it is of this class, in words'),
  reasons,
  olderLine: line.describe('Line of the heading; null where the section is not there'),
  newerLine: line,
  edits: z.array(sentenceChangeSchema).optional().describe('For text and commentary'),
});

const tagPlaceSchema = z.object({ tag: z.string(), id: z.string() });

const evalPromptChangeSchema = z
  .object({ tag: z.string(), added: ids, removed: ids, changed: ids })
  .describe('Titles of prompts, by tag');

const hunkSchema = z
  .object({ line: count, remove: count, insert: z.string() })
  .describe('Lines of an older section, from 0, that other text takes the place of');

const patchStepSchema = z.union([
  z.object({
    copy: z
      .string()
      .describe('A section of the older version; empty for what stands before the first one'),
  }),
  z.object({ edit: z.string(), hunks: z.array(hunkSchema) }),
  z.object({ insert: z.string() }),
]);

const standingSchema = z
  .enum(['same', 'editorial', 'normative', 'clarifying', 'relevelled', 'removed', 'unknown'])
  .describe(
    'same: not a letter changed; editorial: only how it is typed; relevelled: another rank, or other rules for its rank; unknown: judged against words that are in neither version',
  );

const clauseStandingSchema = z.object({
  id: z.string(),
  newerId: z.string().nullable().describe('Null where the clause is gone'),
  standing: standingSchema,
  isStale: z.boolean(),
  reason: z.string(),
  reasons,
  verdicts: count,
});

const rerunSchema = z.object({
  clauses: ids.describe('Clauses of the newer version whose verdicts are stale'),
  query: z
    .string()
    .nullable()
    .describe('Chooses them for --clauses; null where there is nothing to run again'),
  scenarios: ids.describe('Those of the newer version, or of the run’s own suite, that test them'),
  isPartial: z
    .boolean()
    .describe('Whether these clauses have more scenarios, which the run did not ask either'),
  untestable: ids.describe('Stale clauses that no scenario tests any more'),
  samples: count,
});

const runStandingSchema = z.object({
  verdicts: count,
  standing: count,
  stale: count,
  byStanding: z.record(standingSchema, count),
  clauses: z.array(clauseStandingSchema),
  again: rerunSchema,
});

const runOutlookSchema = z.object({
  run: z.string(),
  created: z.string(),
  simulated: z.boolean(),
  spec: documentSchema,
  subjects: ids,
  ...runStandingSchema.shape,
  untested: ids.describe('Clauses of the newer version that are new, and so in no run'),
  command: z.string().nullable().describe('Runs the smallest suite again'),
  notes: z.array(z.string()).describe('What the command cannot know, in words'),
  missing: z.array(reasonSchema).describe('The same as data'),
});

/** `tenet spec diff --json`. Every list is in the order of the newer document. */
export const specDiffSchema = z
  .object({
    schema: z.literal('tenet.spec-diff/1'),
    older: documentSchema,
    newer: documentSchema,
    added: ids.describe('Ids that only the newer version has, renamed ones among them'),
    removed: ids.describe('Ids that only the older version has, renamed ones among them'),
    renamed: z.array(renameSchema),
    merged: z
      .array(z.object({ from: z.array(partSchema), to: z.string() }))
      .describe(
        'Removed sections whose text lives on in another one; the share is of the removed text',
      ),
    split: z
      .array(z.object({ from: z.string(), to: z.array(partSchema) }))
      .describe(
        'Sections from whose text others were made; the share is of the text of the newer one',
      ),
    levels: levelsSchema,
    relevelled: z
      .array(
        z.object({
          id: z.string(),
          from: z.string().nullable(),
          to: z.string().nullable(),
          kind: z
            .enum(['vocabulary', 'rank'])
            .describe('vocabulary: the level is called otherwise in the whole spec'),
        }),
      )
      .describe('Of ids that both versions have, as the four that follow'),
    moved: z
      .array(z.object({ id: z.string(), from: z.string().nullable(), to: z.string().nullable() }))
      .describe('Under another heading; null is the top'),
    reordered: ids.describe('In another place among the same headings'),
    retitled: z.array(z.object({ id: z.string(), from: z.string(), to: z.string() })),
    textChanged: ids.describe('Whose text below the heading differs in more than layout'),
    commentaryChanged: ids,
    examplesChanged: ids,
    examples: z.array(exampleChangeSchema),
    evalTagsAdded: z.array(tagPlaceSchema),
    evalTagsRemoved: z.array(tagPlaceSchema),
    evalTagsMoved: z.array(z.object({ tag: z.string(), from: z.string(), to: z.string() })),
    evalPrompts: z
      .array(evalPromptChangeSchema)
      .nullable()
      .describe('Null where one side came without files of eval prompts'),
    counts: z.record(classSchema, count),
    changes: z.array(changeSchema),
    patch: z
      .object({ byteOrderMark: z.boolean(), steps: z.array(patchStepSchema) })
      .describe('Rebuilds the newer text from the older one; no steps where both are the same'),
    runs: z.array(runOutlookSchema).optional().describe('What is left of past runs, with --runs'),
  })
  .meta({ title: 'The difference between two versions of a spec' });

/** The difference between two versions of a spec. */
export type SpecDiff = Omit<z.infer<typeof specDiffSchema>, 'runs'>;

/** What a change does to the reader's duties. */
export type ChangeClass = z.infer<typeof classSchema>;

/** One change of one section, or of the whole document where `id` is null. */
export type SpecChange = z.infer<typeof changeSchema>;

/** Which part of a spec a change is in. */
export type ChangeKind = SpecChange['kind'];

/** One sentence that came, went, changed, or stands elsewhere in its section. */
export type SentenceChange = z.infer<typeof sentenceChangeSchema>;

/** A stretch of a sentence. */
export type WordPiece = z.infer<typeof wordPieceSchema>;

/** Why something is of its class, as data. */
export type Reason = z.infer<typeof reasonSchema>;

/** A section whose text lives on under another id. */
export type Rename = z.infer<typeof renameSchema>;

/** A part that a section has in another one. */
export type Share = z.infer<typeof partSchema>;

/** How the levels of the two versions map onto each other. */
export type LevelChanges = z.infer<typeof levelsSchema>;

/** What became of one example. */
export type ExampleChange = z.infer<typeof exampleChangeSchema>;

/** What became of the prompts of a tag; titles. */
export type EvalPromptChange = z.infer<typeof evalPromptChangeSchema>;

/** One step of rebuilding the newer text from the sections of the older one. */
export type PatchStep = z.infer<typeof patchStepSchema>;

/** Lines of an older section that other text takes the place of. */
export type PatchHunk = z.infer<typeof hunkSchema>;

/** What a newer version makes of verdicts on a clause. */
export type Standing = z.infer<typeof standingSchema>;

/** What became of one clause of a run, and of the verdicts on it. */
export type ClauseStanding = z.infer<typeof clauseStandingSchema>;

/** What a newer version leaves of a run. */
export type RunStanding = z.infer<typeof runStandingSchema>;

/** The smallest suite that puts right what is stale. */
export type Rerun = z.infer<typeof rerunSchema>;

/** A past run and what is left of it. */
export type RunOutlook = z.infer<typeof runOutlookSchema>;
