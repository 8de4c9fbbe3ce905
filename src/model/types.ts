/**
 * @module model/types
 * One model call as Tenet sees it, whoever the provider is. An adapter turns a `ModelRequest` into the
 * provider's own words and the answer into an `Answer`; it never retries, waits, logs or throws.
 */

import type * as z from 'zod';
import type {
  answerFormSchema,
  answerSchema,
  messageSchema,
  parametersSchema,
  toolCallSchema,
  toolSchema,
} from './schema.ts';

export type Message = z.infer<typeof messageSchema>;
export type Role = Message['role'];
export type ToolCall = z.infer<typeof toolCallSchema>;
export type Tool = z.infer<typeof toolSchema>;
export type Parameters = z.infer<typeof parametersSchema>;

/** The whole identity of a call: its hash is taken over this, and nothing that is not here matters to it. */
export interface ModelRequest {
  messages: Message[];
  tools?: Tool[];
  parameters: Parameters;
  /** Asks for JSON of this schema. */
  schema?: z.infer<typeof answerFormSchema>;
  /** Which of several equal questions this is, so that repeats are asked apart. */
  repeat: number;
}

/** What came back. Every way that a call can end is one of these; none is an exception. */
export type Answer = z.infer<typeof answerSchema>;
export type Reply = Extract<Answer, { type: 'reply' }>;
/** The provider declined: a refusal of its own, a content filter, or roles it has no place for. All final. */
export type Refusal = Exclude<Answer, Reply | Failure>;
/** The call did not get through. */
export type Failure = Extract<Answer, { type: 'failure' }>;
export type FailureKind = Failure['kind'];
export type Usage = Reply['usage'];
export type TokenLogprob = NonNullable<Reply['logprobs']>[number];

/** What a question takes that never left this machine. */
export const NOTHING_SENT: Readonly<Usage> = { input: 0, output: 0 };

/** The answer to a question that never left this machine, since nobody there has a form for it. */
export function unsupported(reason: string): Refusal {
  return { type: 'unsupported', reason, usage: NOTHING_SENT, raw: '' };
}

/** A reply of text alone, whose tokens nobody counted. */
export function textReply(text: string): Reply {
  return {
    type: 'reply',
    text,
    finish: 'stop',
    usage: { input: null, output: null },
    raw: JSON.stringify({ text }),
  };
}

/** `provider:model?key=value&…`, taken apart. */
export interface ModelName {
  /** As the user wrote it, with its options in canonical order. */
  text: string;
  provider: string;
  model: string;
  options: Record<string, string>;
}

/** What an adapter is: a name to account under, and one call. */
export interface Provider {
  name: ModelName;
  /** Limits are shared by everything under the same account: provider, address and a hash of the key. */
  account: string;
  /** True for models that are planted, never asked. */
  simulated: boolean;
  /**
   * What its calls are recorded under, where that is not its name: answers of a model without a version are never
   * served to another process.
   */
  recordedAs?: string;
  /** Where it is asked, for a look whether anybody is there; null where there is no wire. */
  address: string | null;
  /**
   * Asks once. Resolves to an answer whatever happens, also when `signal` aborts
   * (then a `timeout` or `network` failure). Must not reject.
   */
  complete(request: ModelRequest, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}
