/**
 * @module model/custom
 * A model that is a function in the user's program. Its calls are limited, recorded and replayed as those of any other.
 */
import { randomUUID } from 'node:crypto';
import { quote } from './adapters/failures.ts';
import { issueText } from './json.ts';
import { beforeAbort } from './on-abort.ts';
import { answerSchema } from './schema.ts';
import {
  type Answer,
  type ModelRequest,
  type Provider,
  type Role,
  textReply,
  unsupported,
} from './types.ts';

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
      const lacks = lacking(request, able);
      if (lacks !== null) return unsupported(`${name} ${lacks}`);
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

function lacking(request: ModelRequest, able: Supports): string | null {
  if (!able.tools && (request.tools?.length ?? 0) > 0) return 'takes no tools';
  const isInstructed = request.messages.some(({ role }) => INSTRUCTING.has(role));
  return !able.system && isInstructed ? 'takes no system prompt' : null;
}

function fitted(request: ModelRequest, able: Supports): ModelRequest {
  const { schema: _, ...rest } = request;
  return able.schema ? request : rest;
}

/** What a function said: a string is a whole reply whose tokens nobody counted; what is no answer is a failure. */
function answerOf(said: unknown, name: string): Answer {
  if (typeof said === 'string') return textReply(said);
  const read = answerSchema.safeParse(said);
  if (read.success) return read.data;
  const message = `${name} gave neither a text nor an answer: ${quote(issueText(read.error))}`;
  return { type: 'failure', kind: 'malformed', message, transient: false };
}
