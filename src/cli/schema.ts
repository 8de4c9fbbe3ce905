/** @module cli/schema The documents of the command line itself. */
import * as z from 'zod';

/** `tenet help --json`. */
export const commandsSchema = z
  .object({
    schema: z.literal('tenet.commands/1'),
    commands: z.array(
      z.object({
        path: z.string(),
        capability: z.string(),
        summary: z.string(),
        arguments: z.array(
          z.object({
            name: z.string(),
            flag: z.string().nullable().describe('null where it is given by its place'),
            value: z.string().nullable().describe('null for a switch'),
            description: z.string(),
            required: z.boolean(),
            repeatable: z.boolean(),
            default: z.unknown().describe('null where there is none'),
            choices: z.array(z.string()).nullable(),
          }),
        ),
        prints: z
          .array(z.string())
          .describe('The documents that --json prints; the last one where there is no result'),
        exit: z.record(z.string(), z.string()).describe('What exit codes mean'),
      }),
    ),
  })
  .meta({ title: 'The commands of Tenet' });

/** `tenet schema --json`. */
export const schemasSchema = z
  .object({
    schema: z.literal('tenet.schemas/1'),
    schemas: z.array(
      z.object({
        name: z.string(),
        version: z.int().positive(),
        file: z.string().describe("Where it is published, from the package's root"),
      }),
    ),
  })
  .meta({ title: 'The schemas of documents' });

/** What `--json` prints where there is no result. */
export const errorSchema = z
  .object({
    schema: z.literal('tenet.error/1'),
    code: z.string().describe('Names the kind of error, kebab-case'),
    message: z.string(),
    where: z
      .object({
        file: z.string().optional(),
        line: z.int().positive().optional(),
        column: z.int().positive().optional(),
        flag: z.string().optional(),
        value: z.string().optional(),
      })
      .nullable(),
    remedy: z.string().nullable().describe('What to do about it'),
    data: z.record(z.string(), z.unknown()).describe('What the message was made from'),
  })
  .meta({ title: 'Why there is no result' });
