/**
 * @module model/wire
 * A request and a reply as JSON, for programs and servers that know nothing of providers: `tenet.model-request/1` and
 * `tenet.model-reply/1`.
 */
import * as z from 'zod';
import { isRecord, issueText, parsedJson } from './json.ts';
import {
  answerFormSchema,
  finishSchema,
  messageSchema,
  parametersSchema,
  toolCallSchema,
  toolSchema,
} from './schema.ts';
import { type Answer, type ModelRequest, textReply } from './types.ts';

/** What a program is given. */
export const modelRequestSchema = z
  .object({
    schema: z.literal('tenet.model-request/1'),
    messages: z.array(messageSchema),
    tools: z.array(toolSchema).optional(),
    parameters: parametersSchema,
    answer: answerFormSchema.optional().describe('The answer is to be JSON of this schema'),
    repeat: z.int().nonnegative().describe('Which of several equal questions this is'),
  })
  .meta({ title: 'A question to a model' });

const tokens = z.int().nonnegative().nullable().default(null);

/** What a program answers; bare text is a reply as well. */
export const modelReplySchema = z
  .strictObject({
    schema: z.literal('tenet.model-reply/1'),
    text: z.string().default(''),
    toolCalls: z.array(toolCallSchema).optional(),
    finish: finishSchema.default('stop'),
    refused: z.string().optional().describe('Why it declined; then there is no reply'),
    model: z.string().optional(),
    usage: z.object({ input: tokens, output: tokens }).default({ input: null, output: null }),
  })
  .meta({ title: 'What a model answers' });

/** The request as a program is given it. */
export function requestText({ schema, ...request }: ModelRequest): string {
  return JSON.stringify({ schema: 'tenet.model-request/1', ...request, answer: schema });
}

/** The answer in a program's words: its form where it is JSON of that name, else bare text. */
export function readReply(text: string): Answer {
  const malformed = (message: string): Answer => {
    return { type: 'failure', kind: 'malformed', message, transient: false, raw: text };
  };
  const bare = (): Answer => textReply(text.replace(/\r?\n$/, ''));
  if (!text.trimStart().startsWith('{')) return bare();
  const document = parsedJson(text);
  if (document === undefined) {
    return CUT_SHORT.test(text) ? malformed('a tenet.model-reply that is no JSON') : bare();
  }
  if (!isNamed(document)) return bare();
  const read = modelReplySchema.safeParse(document);
  if (!read.success) return malformed(issueText(read.error));
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
  if (!isRecord(document) || typeof document.schema !== 'string') return false;
  return document.schema.startsWith('tenet.model-reply/');
}
