/** @module model/schema What a call is made of and comes to, in forms that can be checked where strangers write them. */
import * as z from 'zod';

const text = z.string();
const number = z.number();
const count = number.nonnegative();
const json = z.record(text, z.unknown());

export const toolCallSchema = z.object({
  id: text,
  name: text,
  /** JSON text as the model wrote it, valid or not. */
  arguments: text,
});

export const messageSchema = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: text,
  /** A tool's name, on `tool` messages. */
  name: text.optional(),
  /** Whom an assistant message is addressed to, where it is not the user (a tool's name). */
  recipient: text.optional(),
  toolCalls: z.array(toolCallSchema).optional(),
  /** Which call a `tool` message answers, where the history knows. */
  toolCallId: text.optional(),
});

/** `parameters`: JSON Schema of the arguments. */
export const toolSchema = z.object({ name: text, description: text, parameters: json });

export const parametersSchema = z.object({
  maxTokens: z.int().optional(),
  temperature: number.optional(),
  topP: number.optional(),
  seed: z.int().optional(),
  stop: z.array(text).optional(),
  /** How many alternatives to ask for at each token; absent means no log probabilities. */
  logprobs: z.int().optional(),
});

/** A name, and the JSON Schema of the answer that is asked for. */
export const answerFormSchema = z.object({ name: text, schema: json });

const usageSchema = z.object({
  /** Tokens; null where the provider did not say. */
  input: count.nullable(),
  output: count.nullable(),
  cachedInput: count.optional(),
  reasoning: count.optional(),
});

const logprob = z.object({ token: text, logprob: number });

export const finishSchema = z.enum(['stop', 'length', 'tool_calls', 'other']);

const replySchema = z.object({
  type: z.literal('reply'),
  text,
  toolCalls: z.array(toolCallSchema).optional(),
  finish: finishSchema,
  usage: usageSchema,
  /** The model's name as the provider reports it, often more exact than the one asked for. */
  model: text.optional(),
  logprobs: z.array(logprob.extend({ alternatives: z.array(logprob).optional() })).optional(),
  /** Probability by label, from providers that decide among labels natively. */
  distribution: z.record(text, number).optional(),
  /** The body as it came over the wire. */
  raw: text,
});

/** The provider declined: a refusal of its own, a content filter, or roles it has no place for. All final. */
const refusalSchema = z.object({
  type: z.enum(['refused', 'filtered', 'unsupported']),
  reason: text,
  usage: usageSchema,
  model: text.optional(),
  raw: text,
});

const failureKindSchema = z.enum([
  'rate_limit',
  'server',
  'timeout',
  'network',
  'malformed',
  'authentication',
  'request',
  'breaker',
]);

/** The call did not get through. */
const failureSchema = z.object({
  type: z.literal('failure'),
  kind: failureKindSchema,
  /** For people: what happened and at which address. Never holds a key. */
  message: text,
  status: z.int().optional(),
  /** How long the provider asks to wait, in milliseconds. */
  retryAfter: count.optional(),
  /** Would the same request, sent again in a while, have a chance? */
  transient: z.boolean(),
  raw: text.optional(),
});

/** What came back. Every way that a call can end is one of these; none is an exception. */
export const answerSchema = z.discriminatedUnion('type', [
  replySchema,
  refusalSchema,
  failureSchema,
]);
