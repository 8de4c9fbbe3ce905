/**
 * @module run/judging/checks/schema
 * What a rubric can have checked by code, as it is written: one key for each check, and all, any and not to
 * put them together.
 */
import * as z from 'zod';
import { jsonSchemaSchema } from './json-schema.ts';
import { type Pattern, patternProblem } from './pattern.ts';

/** Names these checks. What they find under another name is another measurement: change it with them. */
export const CHECKS = 'checks-1';

export const UNITS = ['words', 'characters', 'sentences', 'lines'] as const;
export type Unit = (typeof UNITS)[number];

/** How many of a unit, both ends included. */
export interface Bounds {
  min?: number;
  max?: number;
}

/** A call of a tool: its name, and what stands in its arguments. */
export interface CallPattern {
  name: string;
  arguments?: Pattern;
}

/** One check, or several put together. */
export type Check =
  | { all: Check[] }
  | { any: Check[] }
  | { not: Check }
  | { [Key in keyof CheckValues]: Record<Key, CheckValues[Key]> }[keyof CheckValues];

/** What each check asks for, as it was read. */
type CheckValues = { [Key in keyof typeof CHECK_VALUES]: z.output<(typeof CHECK_VALUES)[Key]> };

const text = z.string().regex(/\S/, 'there is nothing in it');
const texts = z.union([text.transform((one) => [one]), z.array(text).min(1)]);

const pattern = z
  .union([
    text.transform((source): Pattern => ({ pattern: source })),
    z.strictObject({
      pattern: text,
      flags: z
        .string()
        .regex(/^(?!.*(.).*\1)[imsu]*$/, {
          error: 'flags are of i, m, s and u, each once',
          abort: true,
        })
        .optional(),
    }),
  ])
  .superRefine((written, context) => {
    const problem = patternProblem(written);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });

const count = z.int().nonnegative();
const bounds = z
  .strictObject({ min: count.optional(), max: count.optional() })
  .refine(({ min, max }) => min !== undefined || max !== undefined, 'give min, max or both')
  .refine(({ min = 0, max = min }) => min <= max, 'min is above max');

const call = z.union([
  text.transform((name): CallPattern => ({ name })),
  z.strictObject({ name: text, arguments: pattern.optional() }),
]);
const countedCall = z.union([
  text.transform((name): CallPattern & Bounds => ({ name })),
  z
    .strictObject({
      name: text,
      arguments: pattern.optional(),
      min: z.int().positive().optional(),
      max: z.int().positive().optional(),
    })
    .refine(({ min = 1, max = min }) => min <= max, 'min is above max'),
]);

/** What may be checked of a reply, by key; the values as they are written. */
export const CHECK_VALUES = {
  format: z
    .enum(['json', 'markdown', 'plain'])
    .describe('the whole reply is JSON; or has Markdown; or has none'),
  json_schema: jsonSchemaSchema.describe('the reply is JSON of this schema'),
  length: z
    .strictObject({ words: bounds, characters: bounds, sentences: bounds, lines: bounds })
    .partial()
    .refine((units) => Object.keys(units).length > 0, `give one of ${UNITS.join(', ')}`),
  contains: texts.describe('all of these stand in the reply, whatever the case of letters'),
  not_contains: texts.describe('none of these stands in the reply'),
  regex: pattern.describe('found somewhere in the reply'),
  refusal: z.boolean().describe('the reply opens with a phrase of refusal, or with none'),
  tool_called: countedCall.describe('the subject called this tool, at least once'),
  tool_not_called: call,
  tool_order: z
    .array(text)
    .min(2)
    .describe('each of these tools is first called after the one before it'),
} as const;

/** What may be checked of the messages before the reply. */
export const SCENE_KEYS = ['contains', 'not_contains', 'regex'] as const;

type CheckSchema = z.ZodType<Check>;

/** Checks of the reply, as the published schema says them. */
export const checksSchema: CheckSchema = checkSchema('Check', Object.keys(CHECK_VALUES));
/** Checks of the messages before it. */
export const sceneSchema: CheckSchema = checkSchema('SceneCheck', SCENE_KEYS);

/** A list stands for `all`. */
function checkSchema(id: string, keys: readonly string[]): CheckSchema {
  const values: Record<string, z.ZodType> = CHECK_VALUES;
  const one: CheckSchema = z.lazy(
    () =>
      z.union([
        z
          .array(one)
          .min(1)
          .transform((all) => ({ all })),
        z.strictObject({ all: z.array(one).min(1) }),
        z.strictObject({ any: z.array(one).min(1) }),
        z.strictObject({ not: one }),
        ...keys.map((key) => z.strictObject({ [key]: values[key] ?? z.never() })),
      ]) as unknown as CheckSchema,
  );
  z.globalRegistry.add(one, { id });
  return one;
}
