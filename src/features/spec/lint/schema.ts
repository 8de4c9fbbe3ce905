/** @module features/spec/lint/schema What lint prints as JSON, and the findings that a baseline keeps. */
import * as z from 'zod';
import { PROFILES } from './profiles.ts';

const count = z.int().nonnegative();
const place = z.int().positive().describe('From 1; columns count UTF-16 units');
const severity = z.enum(['error', 'warning', 'information']);
const data = z.record(z.string(), z.unknown());

const spanSchema = z.object({
  start: z.object({ line: place, column: place, offset: count }),
  end: z.object({ line: place, column: place, offset: count }),
});

const fixSchema = z.object({
  title: z.string(),
  code: z.string(),
  data: data.describe('What the title was made from'),
  edits: z.array(z.object({ span: spanSchema, text: z.string() })),
});

const findingSchema = z.object({
  rule: z.string().describe('Such as S022'),
  severity,
  message: z.string(),
  code: z.string().describe('Which of the rule’s sentences the message is'),
  data: data.describe('What the message was made from'),
  file: z.string().describe('The spec, or a file of eval prompts beside it'),
  line: place,
  column: place,
  endLine: place,
  endColumn: place,
  section: z.string().nullable().describe('The section it stands in'),
  fingerprint: z.string().describe('Stays the same while text is added elsewhere'),
  fix: fixSchema.optional(),
});

const readabilitySchema = z.object({
  sentences: count,
  words: count,
  meanWords: z.number().nullable().describe('Words per sentence; null without sentences'),
  longSentences: count.describe('Sentences of more than 40 words'),
  grade: z.number().nullable().describe('Years of school by Flesch and Kincaid; English only'),
  duties: count.describe('Sentences that say what must or should be done'),
});

const levelCoverageSchema = z.object({
  level: z.string(),
  clauses: count,
  withoutExample: count,
  withoutCounterExample: count.describe('No reply marked bad or ok'),
  withoutEvalPrompt: count,
});

/** `tenet spec lint --json`. */
export const lintReportSchema = z
  .object({
    schema: z.literal('tenet.lint/1'),
    errors: count,
    warnings: count,
    information: count,
    files: z.array(
      z.object({
        file: z.string(),
        spec: z.string().describe('id@version'),
        sha256: z.string(),
        profile: z.enum(PROFILES),
        findings: z.array(findingSchema),
        suppressed: count.describe('Findings that comments in the text overlook'),
        overlooked: count.describe('Findings that the baseline overlooks'),
        readability: readabilitySchema,
        // Levels in the order of the spec, those with clauses; `none` last.
        coverage: z.array(levelCoverageSchema),
      }),
    ),
  })
  .meta({ title: 'What lint finds in specifications' });

/** What `tenet spec lint --json` prints. */
export type LintReport = z.infer<typeof lintReportSchema>;

/** Prose outside commentary and examples. */
export type Readability = z.infer<typeof readabilitySchema>;

/** How many clauses of a level lack what shows and tests them. */
export type LevelCoverage = z.infer<typeof levelCoverageSchema>;

/** What stands at the end of a lint. */
export type LintSummary = Pick<LintReport['files'][number], 'readability' | 'coverage'>;

const sampleSchema = z.object({
  text: z.string(),
  frame: z.enum(['clause', 'conversation', 'sections', 'document']).optional(),
  level: z.string().optional(),
  evalFiles: z.record(z.string(), z.string()).optional(),
});

/** `tenet spec lint --explain RULE --json`. */
export const lintRuleSchema = z
  .object({
    schema: z.literal('tenet.lint-rule/1'),
    id: z.string(),
    title: z.string(),
    reason: z.string(),
    severity,
    severityByLevel: z
      .partialRecord(z.enum(['fixed', 'default', 'weakest', 'none']), severity)
      .describe('By the standing of the clause that a finding is in'),
    good: sampleSchema,
    bad: sampleSchema,
  })
  .meta({ title: 'A rule of lint' });

/** What `tenet spec lint --explain RULE --json` prints. */
export type LintRuleDocument = z.infer<typeof lintRuleSchema>;

/** The file that `--baseline` names. */
export const lintBaselineSchema = z
  .object({
    schema: z.literal('tenet.lint-baseline/1'),
    findings: z.array(
      z.object({
        fingerprint: z.string(),
        rule: z.string(),
        section: z.string().nullable(),
        message: z.string(),
        code: z.string().optional(),
        data: data.optional(),
      }),
    ),
  })
  .meta({ title: 'Findings of lint that are overlooked' });

/** Known findings, as they are kept in a file. */
export type Baseline = z.infer<typeof lintBaselineSchema>;
