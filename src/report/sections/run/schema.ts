/** @module report/sections/run/schema What a report says of the run itself: who was asked, about what, judged how. */
import * as z from 'zod';
import { codedSchema, count, share } from '../../schema-parts.ts';

const modelFields = {
  id: z.string(),
  label: z.string().describe('as the user wrote it'),
  family: z.string().nullable(),
  simulated: z.boolean(),
  parameters: z.record(z.string(), z.unknown()),
};

export const specSchema = z.strictObject({
  id: z.string(),
  version: z.string().nullable(),
  title: z.string(),
  sha256: z.string(),
  levels: z.array(z.string()).describe('highest authority first'),
  clauses: count,
});

export const subjectModelSchema = z.strictObject({
  ...modelFields,
  system: z.string().nullable().describe('sha256 of the system prompt'),
});

export const judgeModelSchema = z.strictObject({ ...modelFields, prompt: z.string() });

export const rubricSchema = z.strictObject({
  clause: z.string(),
  name: z.string().describe('id@version'),
  hash: z.string().describe('sha256 of the file'),
  byCode: z.boolean().describe('whether its checks judge, and no model is asked'),
});

export const runSchema = z.strictObject({
  id: z.string(),
  plan: z.string().describe('sha256 of what was asked, of whom, and judged how'),
  state: z.enum(['started', 'resumed', 'finished', 'stopped']),
  reason: z.string().nullable().describe('why it stopped'),
  simulated: z.boolean(),
  specs: z.array(specSchema),
  suite: z.strictObject({
    hash: z.string(),
    scenarios: count,
    excluded: z.record(z.string(), count),
  }),
  subjects: z.array(subjectModelSchema),
  judges: z.array(judgeModelSchema),
  rubrics: z
    .array(rubricSchema)
    .optional()
    .describe('what clauses were judged by beside their words'),
  transcriptsOf: z
    .string()
    .optional()
    .describe('the run whose transcripts were judged again; no subject was asked'),
  repeats: count,
  seed: z.number().nullable(),
  confidence: share,
});

export const notesSchema = z
  .array(z.string())
  .describe('what a reader must know before any number');

export const noteDataSchema = z.array(codedSchema).describe('the notes as data, one for one');

export type ReportRun = z.infer<typeof runSchema>;
