/**
 * @module spec/formats/schema
 * The form of a spec as JSON, `tenet.spec/1`. `docs/schemas/spec-1.json` is made from it with
 * `node scripts/spec-schema.ts`; within version 1 fields are added and never change or go.
 */

import * as z from 'zod';
import { FORMS, KINDS, WAYS } from '../kinds.ts';

const strings = z.array(z.string());

const levelSchema = z
  .object({
    name: z.string().min(1),
    overridable: z
      .boolean()
      .describe('May somebody who deploys or uses the model change such clauses?'),
  })
  .meta({ id: 'Level' });

const overrideSchema = z
  .object({
    how: z.enum(WAYS),
    by: strings.describe('Levels or principals'),
    default: z.enum(['on', 'off']).nullable().default(null),
  })
  .meta({ id: 'Override' });

const messageSchema = z
  .object({
    role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
    content: z.string(),
    attributes: z.record(z.string(), z.string()).optional(),
    untrusted: z
      .array(z.object({ start: z.int().nonnegative(), end: z.int().nonnegative() }))
      .optional()
      .describe('Character ranges of the content that are quoted and carry no authority'),
  })
  .meta({ id: 'Message' });

const promptSchema = z
  .object({
    title: z.string().default(''),
    messages: z.array(messageSchema).min(1),
    settings: z.record(z.string(), z.string()).optional(),
    elided: z.boolean().optional(),
  })
  .meta({ id: 'Prompt' });

/** Eval prompts of one tag. */
export const evalsSchema = z
  .object({
    tag: z.string().min(1).describe('[^tag] in a body binds them to the words before it'),
    section: z
      .string()
      .optional()
      .describe('The clause they are for as a whole, where no body has the tag'),
    title: z.string().default('').describe('The title of the clause as their file has it'),
    file: z.string().optional(),
    prompts: z.array(promptSchema),
  })
  .meta({ id: 'Evals' });

/** One section. */
export const sectionSchema = z
  .object({
    id: z.string().min(1),
    title: z.string(),
    depth: z.int().positive(),
    parent: z.string().nullable().default(null),
    level: z.string().nullable().default(null),
    kind: z.enum(KINDS).nullable().default(null),
    clause: z.boolean().default(true).describe('Whether it directs behaviour'),
    tags: strings.default([]),
    aliases: strings.optional(),
    override: overrideSchema.optional(),
    form: z.enum(FORMS).optional(),
    principals: strings.optional(),
    scope: z.string().optional(),
    file: z.string().optional(),
    provenance: z.record(z.string(), z.string()).optional(),
    navigation: z.boolean().optional(),
    attributes: z
      .array(z.object({ key: z.string(), value: z.string() }))
      .optional()
      .describe('Attributes of the heading as written'),
    body: z
      .string()
      .default('')
      .describe("Its text, commentary and examples in Tenet's Markdown form"),
    reading: z
      .record(z.string(), z.unknown())
      .optional()
      .describe(
        'What Tenet reads in the body, for other tools; not looked at when the spec is read back',
      ),
  })
  .meta({ id: 'Section' });

const about = {
  id: z.string().min(1),
  version: z.string().nullable().default(null),
  title: z.string().default(''),
  dialect: z.string().optional().describe('How the document was written that this was made from'),
  sha256: z.string().optional().describe("Hash of that document's bytes"),
  lab: z.string().optional(),
  licence: z.string().optional(),
  sourceUrl: z.string().optional(),
  scope: z.string().optional(),
  priority: z.object({ mode: z.enum(['strict', 'holistic']), order: strings }).optional(),
  levels: z.array(levelSchema).default([]).describe('Highest first'),
};

/** A whole spec. */
export const specSchema = z
  .object({
    schema: z.literal('tenet.spec/1'),
    ...about,
    sections: z.array(sectionSchema),
    evals: z.array(evalsSchema).default([]),
  })
  .meta({ id: 'Spec', title: 'A behaviour specification' });

/** The first line of a spec as JSON lines; every further one is a section or eval prompts. */
export const firstLineSchema = z
  .object({ schema: z.literal('tenet.spec-lines/1'), ...about })
  .meta({ title: 'The first line of a behaviour specification as JSON lines' });

/** A spec as JSON. */
export type SpecDocument = z.infer<typeof specSchema>;
/** A section as JSON. */
export type SectionRecord = z.infer<typeof sectionSchema>;
/** Eval prompts as JSON. */
export type EvalsRecord = z.infer<typeof evalsSchema>;
