/**
 * @module model/adapters/chat-completions
 * OpenAI's chat completions, as OpenAI and everybody else speaks them. Replies are checked by hand
 * where they come in: a schema library would cost more than all the rest of a call.
 */

import { isRecord, withoutUndefined } from '../json.ts';
import type { Transcript } from '../roles.ts';
import type { PlacedMessage } from '../tool-calls.ts';
import type { Answer, ModelRequest, Reply, TokenLogprob, ToolCall, Usage } from '../types.ts';
import { malformed, quote, readError, readObject } from './failures.ts';
import { bodyFailure } from './openai-errors.ts';
import { sharedText } from './shared-text.ts';

/** What differs between the servers that speak this protocol. */
export interface Dialect {
  model: string;
  /** OpenAI itself: the newer field names, and strict schemas. */
  isOpenai: boolean;
  temperature?: number;
  maxTokens?: number;
}

/**
 * The body of a request.
 *
 * @param request What is asked.
 * @param conversation Its messages, placed.
 * @param dialect Whom it is for.
 */
export function writeChat(
  request: ModelRequest,
  conversation: Transcript,
  dialect: Dialect,
): string {
  const { parameters, schema } = request;
  const maxTokens = parameters.maxTokens ?? dialect.maxTokens;
  // JSON.stringify leaves out what is undefined.
  return JSON.stringify({
    model: dialect.model,
    messages: conversation.messages.map(writeMessage),
    [dialect.isOpenai ? 'max_completion_tokens' : 'max_tokens']: maxTokens,
    temperature: parameters.temperature ?? dialect.temperature,
    top_p: parameters.topP,
    seed: parameters.seed,
    stop: parameters.stop,
    logprobs: parameters.logprobs === undefined ? undefined : true,
    top_logprobs: parameters.logprobs,
    tools: orNone(conversation.tools.map((tool) => ({ type: 'function', function: tool }))),
    response_format: schema && {
      type: 'json_schema',
      json_schema: dialect.isOpenai ? { ...schema, strict: true } : schema,
    },
  });
}

function writeMessage(message: PlacedMessage): unknown {
  switch (message.role) {
    case 'tool':
      return { role: 'tool', tool_call_id: message.toolCallId, content: message.content };
    case 'assistant':
      if (message.toolCalls === undefined) return { role: 'assistant', content: message.content };
      return {
        role: 'assistant',
        content: message.content === '' ? null : message.content,
        tool_calls: message.toolCalls.map((call) => ({
          id: call.id,
          type: 'function',
          function: { name: call.name, arguments: call.arguments },
        })),
      };
    case 'system':
    case 'developer':
      return { role: message.role, content: sharedText(message.content) };
    default:
      return { role: message.role, content: message.content };
  }
}

/**
 * The answer in a body.
 *
 * @param raw The body, redacted.
 * @param address Where it came from.
 */
export function readChat(raw: string, address: string): Answer {
  return readObject(raw, address, (body) => {
    const usage = readUsage(body.usage, 'prompt', 'completion');
    const isList = Array.isArray(body.choices);
    const choice: unknown = isList ? (body.choices as unknown[])[0] : undefined;
    // Gateways pass on a provider's error in place of the choice, or in it.
    const faulty = isRecord(choice) ? choice : body;
    const error = isRecord(faulty.error) ? readError(faulty) : undefined;
    if (error) return bodyFailure(error, address, raw, usage);
    if (!isRecord(choice)) {
      const what = isList
        ? 'sent a reply without a choice'
        : 'sent JSON that is no chat completion';
      return malformed(address, what, raw);
    }
    const { message } = choice;
    if (!isRecord(message)) return malformed(address, 'sent a choice without a message', raw);

    const common = { usage, raw, model: modelIn(body) };
    if (typeof message.refusal === 'string' && message.refusal !== '') {
      const reason = quote(message.refusal, 1000);
      return withoutUndefined({ type: 'refused', reason, ...common });
    }
    if (choice.finish_reason === 'content_filter') {
      const reason = filterReason(choice.content_filter_results);
      return withoutUndefined({ type: 'filtered', reason, ...common });
    }
    const text = readText(message.content);
    if (text === undefined) {
      return malformed(address, 'sent a message whose content is no text', raw);
    }
    const toolCalls = readToolCalls(message.tool_calls);
    if (toolCalls === undefined) {
      return malformed(address, 'sent a tool call without a name or arguments', raw);
    }
    return withoutUndefined({
      type: 'reply',
      text,
      finish: readFinish(choice.finish_reason),
      toolCalls: orNone(toolCalls),
      logprobs: isRecord(choice.logprobs) ? readLogprobs(choice.logprobs.content) : undefined,
      ...common,
    });
  });
}

/** A list; undefined where nothing is in it. */
export function orNone<Item>(list: Item[]): Item[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** The model that a body names. */
export function modelIn({ model }: Record<string, unknown>): string | undefined {
  return typeof model === 'string' ? model : undefined;
}

function readText(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (content === null || content === undefined) return '';
  if (!Array.isArray(content)) return undefined;
  let text = '';
  for (const part of content) {
    if (!isRecord(part)) return undefined;
    if (part.type === 'text' && typeof part.text === 'string') text += part.text;
  }
  return text;
}

function readFinish(reason: unknown): Reply['finish'] {
  if (reason === 'stop' || reason === 'length') return reason;
  return reason === 'tool_calls' || reason === 'function_call' ? 'tool_calls' : 'other';
}

function readToolCalls(calls: unknown): ToolCall[] | undefined {
  if (calls === null || calls === undefined) return [];
  if (!Array.isArray(calls)) return undefined;
  const read: ToolCall[] = [];
  for (const call of calls) {
    const made: unknown = isRecord(call) ? call.function : undefined;
    if (!isRecord(call) || !isRecord(made) || typeof made.name !== 'string') return undefined;
    const given = made.arguments;
    // Some servers send the arguments as an object, some send none at all.
    const text = typeof given === 'string' ? given : JSON.stringify(given ?? {});
    const id =
      typeof call.id === 'string' && call.id !== ''
        ? call.id
        : `call${String(read.length + 1).padStart(5, '0')}`;
    read.push({ id, name: made.name, arguments: text });
  }
  return read;
}

function filterReason(results: unknown): string {
  const hits = isRecord(results)
    ? Object.entries(results)
        .filter(([, result]) => isRecord(result) && result.filtered === true)
        .map(([category]) => quote(category, 60))
    : [];
  return `The provider's content filter stopped the reply${hits.length > 0 ? ` (${hits.join(', ')})` : ''}.`;
}

/** A count of tokens, or null where there is none to be believed. */
function tokens(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

/**
 * Tokens, whose names differ between OpenAI's two protocols.
 *
 * @param usage What a body says of them.
 */
export function readUsage(
  usage: unknown,
  input: 'prompt' | 'input',
  output: 'completion' | 'output',
): Usage {
  if (!isRecord(usage)) return { input: null, output: null };
  const detail = (of: string, what: string): number | undefined => {
    const details = usage[`${of}_tokens_details`];
    return isRecord(details) ? (tokens(details[what]) ?? undefined) : undefined;
  };
  return withoutUndefined({
    input: tokens(usage[`${input}_tokens`]),
    output: tokens(usage[`${output}_tokens`]),
    cachedInput: detail(input, 'cached_tokens'),
    reasoning: detail(output, 'reasoning_tokens'),
  });
}

/**
 * Log probabilities, in the form that both of OpenAI's protocols share.
 *
 * @param content A list of tokens, or anything else.
 */
export function readLogprobs(content: unknown): TokenLogprob[] | undefined {
  if (!Array.isArray(content)) return undefined;
  const read: TokenLogprob[] = [];
  for (const entry of content) {
    if (!isLogprob(entry)) return undefined;
    const logprob: TokenLogprob = { token: entry.token, logprob: entry.logprob };
    if (Array.isArray(entry.top_logprobs)) {
      logprob.alternatives = entry.top_logprobs
        .filter(isLogprob)
        .map((other) => ({ token: other.token, logprob: other.logprob }));
    }
    read.push(logprob);
  }
  return read;
}

function isLogprob(
  entry: unknown,
): entry is { token: string; logprob: number; top_logprobs?: unknown } {
  return isRecord(entry) && typeof entry.token === 'string' && typeof entry.logprob === 'number';
}
