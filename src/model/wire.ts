/**
 * @module model/wire
 * A request and a reply as JSON, for programs and servers that know nothing of providers: `tenet.model-request/1` and
 * `tenet.model-reply/1`.
 */
import { z } from 'zod';
import { textReply } from './custom.ts';
import type { Answer, ModelRequest } from './types.ts';

const toolCall = z.object({ id: z.string(), name: z.string(), arguments: z.string() });

/** What a program is given. */
export const modelRequestSchema = z
  .object({
    schema: z.literal('tenet.model-request/1'),
    messages: z.array(
      z.object({
        role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
        content: z.string(),
        name: z.string().optional(),
        recipient: z.string().optional(),
        toolCalls: z.array(toolCall).optional(),
        toolCallId: z.string().optional(),
      }),
    ),
    tools: z
      .array(
        z.object({
          name: z.string(),
          description: z.string(),
          parameters: z.record(z.string(), z.unknown()),
        }),
      )
      .optional(),
    parameters: z.object({
      maxTokens: z.int().optional(),
      temperature: z.number().optional(),
      topP: z.number().optional(),
      seed: z.int().optional(),
      stop: z.array(z.string()).optional(),
      logprobs: z.int().optional(),
    }),
    answer: z
      .object({ name: z.string(), schema: z.record(z.string(), z.unknown()) })
      .optional()
      .describe('The answer is to be JSON of this schema'),
    repeat: z.int().nonnegative().describe('Which of several equal questions this is'),
  })
  .meta({ title: 'A question to a model' });

const tokens = z.int().nonnegative().nullable().default(null);

/** What a program answers; bare text is a reply as well. */
export const modelReplySchema = z
  .strictObject({
    schema: z.literal('tenet.model-reply/1'),
    text: z.string().default(''),
    toolCalls: z.array(toolCall).optional(),
    finish: z.enum(['stop', 'length', 'tool_calls', 'other']).default('stop'),
    refused: z.string().optional().describe('Why it declined; then there is no reply'),
    model: z.string().optional(),
    usage: z.object({ input: tokens, output: tokens }).default({ input: null, output: null }),
  })
  .meta({ title: 'What a model answers' });

/** The request as a program is given it. */
export function requestText({ schema, ...request }: ModelRequest): string {
  return JSON.stringify({
    schema: 'tenet.model-request/1',
    ...request,
    ...(schema === undefined ? {} : { answer: schema }),
  });
}

/** The answer in a program's words: its form where it is JSON of that name, else bare text. */
export function readReply(text: string): Answer {
  const malformed = (message: string): Answer => {
    return { type: 'failure', kind: 'malformed', message, transient: false, raw: text };
  };
  const bare = (): Answer => textReply(text.replace(/\r?\n$/, ''));
  if (!text.trimStart().startsWith('{')) return bare();
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return CUT_SHORT.test(text) ? malformed('a tenet.model-reply that is no JSON') : bare();
  }
  if (!isNamed(document)) return bare();
  const read = modelReplySchema.safeParse(document);
  if (!read.success) {
    const [issue] = read.error.issues;
    const place = issue?.path.join('.') ?? '';
    return malformed(`${place === '' ? '' : `${place}: `}${issue?.message ?? 'unknown form'}`);
  }
  const { text: reply, refused, schema: _, ...rest } = read.data;
  if (refused !== undefined) {
    return { type: 'refused', reason: refused, usage: rest.usage, raw: text };
  }
  return { type: 'reply', text: reply, ...rest, raw: text };
}

/** It begins as our form does, so that it is no text of the model's. */
const CUT_SHORT = /^\s*\{\s*"schema"\s*:\s*"tenet\.model-reply\//;

/** Of our form, whatever its version: one that is not known here is no text either. */
function isNamed(document: unknown): boolean {
  return (
    typeof document === 'object' &&
    document !== null &&
    'schema' in document &&
    typeof document.schema === 'string' &&
    document.schema.startsWith('tenet.model-reply/')
  );
}
