/**
 * @module model/types
 * One model call as Tenet sees it, whoever the provider is. An adapter turns a `ModelRequest` into the
 * provider's own words and the answer into an `Answer`; it never retries, waits, logs or throws.
 */

export type Role = 'system' | 'developer' | 'user' | 'assistant' | 'tool';

export interface Message {
  role: Role;
  content: string;
  /** A tool's name, on `tool` messages. */
  name?: string;
  /** Whom an assistant message is addressed to, where it is not the user (a tool's name). */
  recipient?: string;
  toolCalls?: ToolCall[];
  /** Which call a `tool` message answers, where the history knows. */
  toolCallId?: string;
}

export interface ToolCall {
  id: string;
  name: string;
  /** JSON text as the model wrote it, valid or not. */
  arguments: string;
}

export interface Tool {
  name: string;
  description: string;
  /** JSON Schema of the arguments. */
  parameters: Record<string, unknown>;
}

export interface Parameters {
  maxTokens?: number;
  temperature?: number;
  topP?: number;
  seed?: number;
  stop?: string[];
  /** How many alternatives to ask for at each token; absent means no log probabilities. */
  logprobs?: number;
}

/** The whole identity of a call: its hash is taken over this, and nothing that is not here matters to it. */
export interface ModelRequest {
  messages: Message[];
  tools?: Tool[];
  parameters: Parameters;
  /** Asks for JSON of this schema. */
  schema?: { name: string; schema: Record<string, unknown> };
  /** Which of several equal questions this is, so that repeats are asked apart. */
  repeat: number;
}

export interface Usage {
  /** Tokens; null where the provider did not say. */
  input: number | null;
  output: number | null;
  cachedInput?: number;
  reasoning?: number;
}

/** What a question takes that never left this machine. */
export const NOTHING_SENT: Readonly<Usage> = { input: 0, output: 0 };

export interface TokenLogprob {
  token: string;
  logprob: number;
  alternatives?: { token: string; logprob: number }[];
}

/** What came back. Every way that a call can end is one of these; none is an exception. */
export type Answer = Reply | Refusal | Failure;

export interface Reply {
  type: 'reply';
  text: string;
  toolCalls?: ToolCall[];
  finish: 'stop' | 'length' | 'tool_calls' | 'other';
  usage: Usage;
  /** The model's name as the provider reports it, often more exact than the one asked for. */
  model?: string;
  logprobs?: TokenLogprob[];
  /** Probability by label, from providers that decide among labels natively. */
  distribution?: Record<string, number>;
  /** The body as it came over the wire. */
  raw: string;
}

/** The provider declined: a refusal of its own, a content filter, or roles it has no place for. All final. */
export interface Refusal {
  type: 'refused' | 'filtered' | 'unsupported';
  reason: string;
  usage: Usage;
  model?: string;
  raw: string;
}

export type FailureKind =
  | 'rate_limit'
  | 'server'
  | 'timeout'
  | 'network'
  | 'malformed'
  | 'authentication'
  | 'request'
  | 'breaker';

/** The call did not get through. */
export interface Failure {
  type: 'failure';
  kind: FailureKind;
  /** For people: what happened and at which address. Never holds a key. */
  message: string;
  status?: number;
  /** How long the provider asks to wait, in milliseconds. */
  retryAfter?: number;
  /** Would the same request, sent again in a while, have a chance? */
  transient: boolean;
  raw?: string;
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
