/**
 * @module model/custom
 * A model that is a function in the user's program. Its calls are limited, recorded and replayed as those of any other.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { quote } from './adapters/failures.ts';
import { beforeAbort } from './on-abort.ts';
import type { Answer, ModelRequest, Provider, Reply, Role } from './types.ts';

/** What a custom model can be asked for; what it can't take is left out of its requests or answered as unsupported. */
export interface Supports {
  /** Tools that the subject may call. */
  tools: boolean;
  /** Answers of a given JSON Schema; without it judges ask for JSON in words. */
  schema: boolean;
  /** A system prompt. */
  system: boolean;
}

export interface CustomModel {
  /** How it is named on the command line and in reports. Letters, digits, dots, hyphens and underscores. */
  name: string;
  /**
   * Part of the hash under which its answers are recorded: change it when the answers may change. Null: its answers are
   * recorded, and never served to another process.
   */
  version: string | null;
  supports?: Partial<Supports>;
  /**
   * Asks once. A string is a reply. What it throws is a failure of this call that is not tried again; to be asked once
   * more, it gives a failure that is `transient`. `attempt` counts from 1; `signal` aborts at the deadline, and what
   * comes after that is not waited for.
   */
  call(
    request: ModelRequest,
    context: { signal: AbortSignal; attempt: number },
  ): Promise<Answer | string>;
}

/** What names and versions of the user's own are made of. */
export const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

/**
 * Throws a `TypeError` where a name or a version can't be one, or what should be a function is none. Configurations are
 * run without a check of their types.
 * @param by the function that was called, for the message
 */
export function checkDefinition(
  by: string,
  { name, version }: { name: unknown; version: unknown },
  functions: Readonly<Record<string, unknown>>,
): void {
  const fits = (text: unknown): boolean => typeof text === 'string' && NAME.test(text);
  const told = (value: unknown): string => JSON.stringify(value) ?? String(value);
  if (!fits(name)) {
    throw new TypeError(
      `${by}: name is ${told(name)}, and must be made of letters, digits, '.', '_' and '-'`,
    );
  }
  if (version !== null && !fits(version)) {
    throw new TypeError(
      `${by}: version of ${name} is ${told(version)}, and must be made of letters, digits, '.', '_' and '-', or null`,
    );
  }
  const wrong = Object.keys(functions).find((key) => typeof functions[key] !== 'function');
  if (wrong !== undefined) throw new TypeError(`${by}: ${wrong} of ${name} must be a function`);
}

/** Answers of models without a version are this process's own. */
const PROCESS = randomUUID();

/**
 * Gives a model that is a function in your code. Throws a `TypeError` for a name or a version that can't be one.
 *
 * @example
 * const bot = defineProvider({
 *   name: 'bot',
 *   version: '2026-11-30',
 *   call: async ({ messages }) => `You said: ${messages.at(-1)?.content}`,
 * });
 */
export function defineProvider({ name, version, supports, call }: CustomModel): Provider {
  checkDefinition('defineProvider', { name, version }, { call });
  const able: Supports = { tools: true, schema: true, system: true, ...supports };
  const attempts = new WeakMap<ModelRequest, number>();
  const model = version === null ? name : `${name}@${version}`;
  const late: Answer = {
    type: 'failure',
    kind: 'timeout',
    message: `${name} gave no answer in time`,
    transient: false,
  };
  return {
    name: { text: name, provider: 'custom', model, options: {} },
    ...(version === null ? { recordedAs: `custom:${name}#${PROCESS}` } : {}),
    account: `custom ${name}`,
    simulated: false,
    address: null,
    complete: async (request, signal) => {
      const attempt = (attempts.get(request) ?? 0) + 1;
      attempts.set(request, attempt);
      const refused = unsupported(request, able, name);
      if (refused !== null) return refused;
      try {
        // A copy: what the function does to it is not what is recorded, and not what others are asked.
        const own = structuredClone(fitted(request, able));
        const ask = async () => call(own, { signal, attempt });
        // Also a function that takes no notice of its signal ends with the deadline.
        return answerOf(await beforeAbort(ask(), signal, late), name);
      } catch (error) {
        if (signal.aborted) return late;
        const message = `${name}: ${quote(error instanceof Error ? error.message : String(error))}`;
        return { type: 'failure', kind: 'server', message, transient: false };
      }
    },
    close: async () => {},
  };
}

/** Roles whose texts a system prompt holds, where there is one. */
const INSTRUCTING: ReadonlySet<Role> = new Set(['system', 'developer']);

function unsupported(request: ModelRequest, able: Supports, name: string): Answer | null {
  const reason =
    !able.tools && (request.tools?.length ?? 0) > 0
      ? `${name} takes no tools`
      : !able.system && request.messages.some(({ role }) => INSTRUCTING.has(role))
        ? `${name} takes no system prompt`
        : null;
  if (reason === null) return null;
  return { type: 'unsupported', reason, usage: { input: 0, output: 0 }, raw: '' };
}

function fitted(request: ModelRequest, able: Supports): ModelRequest {
  const { schema: _, ...rest } = request;
  return able.schema ? request : rest;
}

const count = z.number().nonnegative();
const usage = z.object({
  input: count.nullable(),
  output: count.nullable(),
  cachedInput: count.optional(),
  reasoning: count.optional(),
});
const model = z.string().optional();
const token = { token: z.string(), logprob: z.number() };

/** What a function may answer: it is the user's code, and nobody has checked it before. */
const answerSchema: z.ZodType<Answer> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('reply'),
    text: z.string(),
    toolCalls: z
      .array(z.object({ id: z.string(), name: z.string(), arguments: z.string() }))
      .optional(),
    finish: z.enum(['stop', 'length', 'tool_calls', 'other']),
    usage,
    model,
    logprobs: z
      .array(z.object({ ...token, alternatives: z.array(z.object(token)).optional() }))
      .optional(),
    distribution: z.record(z.string(), z.number()).optional(),
    raw: z.string(),
  }),
  z.object({
    type: z.enum(['refused', 'filtered', 'unsupported']),
    reason: z.string(),
    usage,
    model,
    raw: z.string(),
  }),
  z.object({
    type: z.literal('failure'),
    kind: z.enum([
      'rate_limit',
      'server',
      'timeout',
      'network',
      'malformed',
      'authentication',
      'request',
      'breaker',
    ]),
    message: z.string(),
    status: z.int().optional(),
    retryAfter: count.optional(),
    transient: z.boolean(),
    raw: z.string().optional(),
  }),
]);

/** What a function said: a string is a whole reply whose tokens nobody counted; what is no answer is a failure. */
function answerOf(said: unknown, name: string): Answer {
  if (typeof said === 'string') return textReply(said);
  const read = answerSchema.safeParse(said);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue?.path.join('.') ?? '';
  const reason = `${place === '' ? '' : `${place}: `}${issue?.message ?? 'unknown form'}`;
  const message = `${name} gave neither a text nor an answer: ${quote(reason)}`;
  return { type: 'failure', kind: 'malformed', message, transient: false };
}

/** A reply of text alone. */
export function textReply(text: string): Reply {
  return {
    type: 'reply',
    text,
    finish: 'stop',
    usage: { input: null, output: null },
    raw: JSON.stringify({ text }),
  };
}
