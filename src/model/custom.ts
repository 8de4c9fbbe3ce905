/**
 * @module model/custom
 * A model that is a function in the user's program. Its calls are limited, recorded and replayed as those of any other.
 */
import { randomUUID } from 'node:crypto';
import { quote } from './adapters/failures.ts';
import type { Answer, ModelRequest, Provider, Reply } from './types.ts';

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
   * Asks once. A string is a reply. What it throws is a failure of this call. `attempt` counts from 1; `signal` aborts
   * at the deadline.
   */
  call(
    request: ModelRequest,
    context: { signal: AbortSignal; attempt: number },
  ): Promise<Answer | string>;
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

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
  if (!NAME.test(name)) {
    throw new TypeError(
      `defineProvider: ${JSON.stringify(name)} is no name: letters, digits, . _ -`,
    );
  }
  if (version !== null && !NAME.test(version)) {
    throw new TypeError(
      `defineProvider: ${JSON.stringify(version)} is no version: letters, digits, . _ -, or null`,
    );
  }
  const able: Supports = { tools: true, schema: true, system: true, ...supports };
  const attempts = new WeakMap<ModelRequest, number>();
  const model = version === null ? name : `${name}@${version}`;
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
        return answerOf(await call(fitted(request, able), { signal, attempt }));
      } catch (error) {
        const kind = signal.aborted ? 'timeout' : 'server';
        const message = `${name}: ${quote(error instanceof Error ? error.message : String(error))}`;
        return { type: 'failure', kind, message, transient: false };
      }
    },
    close: async () => {},
  };
}

function unsupported(request: ModelRequest, able: Supports, name: string): Answer | null {
  const reason =
    !able.tools && (request.tools?.length ?? 0) > 0
      ? `${name} takes no tools`
      : !able.system && request.messages.some(({ role }) => role === 'system')
        ? `${name} takes no system prompt`
        : null;
  if (reason === null) return null;
  return { type: 'unsupported', reason, usage: { input: 0, output: 0 }, raw: '' };
}

function fitted(request: ModelRequest, able: Supports): ModelRequest {
  const { schema: _, ...rest } = request;
  return able.schema ? request : rest;
}

/** A string is a whole reply whose tokens nobody counted. */
export function answerOf(answer: Answer | string): Answer {
  if (typeof answer !== 'string') return answer;
  return textReply(answer);
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
