/**
 * @module model/adapters/responses
 * OpenAI's responses API, for models that speak nothing else.
 */

import type { Placed } from '../roles.ts';
import type { PlacedMessage } from '../tool-calls.ts';
import type {
  Answer,
  ModelRequest,
  Refusal,
  Reply,
  TokenLogprob,
  ToolCall,
  Usage,
} from '../types.ts';
import { type Dialect, readLogprobs, tokens } from './chat-completions.ts';
import { isRecord, malformed, quote, readError } from './failures.ts';
import { bodyFailure } from './openai-errors.ts';

type Conversation = Exclude<Placed, { unsupported: string }>;

/**
 * The body of a request.
 *
 * @param request What is asked.
 * @param conversation Its messages, placed.
 * @param dialect Whom it is for.
 */
export function writeResponses(
  request: ModelRequest,
  conversation: Conversation,
  dialect: Dialect,
): string {
  const { parameters, schema } = request;
  return JSON.stringify({
    model: dialect.model,
    input: conversation.messages.flatMap(writeItems),
    // Nothing that is audited should lie about on the provider's side for longer than it must.
    store: false,
    max_output_tokens: parameters.maxTokens ?? dialect.maxTokens,
    temperature: parameters.temperature ?? dialect.temperature,
    top_p: parameters.topP,
    top_logprobs: parameters.logprobs,
    include: parameters.logprobs === undefined ? undefined : ['message.output_text.logprobs'],
    tools:
      conversation.tools.length === 0
        ? undefined
        : conversation.tools.map((tool) => ({ type: 'function', ...tool, strict: false })),
    text: schema && {
      format: { type: 'json_schema', ...schema, ...(dialect.isOpenai && { strict: true }) },
    },
  });
}

function writeItems(message: PlacedMessage): unknown[] {
  if (message.role === 'tool') {
    return [{ type: 'function_call_output', call_id: message.toolCallId, output: message.content }];
  }
  const said = { role: message.role, content: message.content };
  if (message.role !== 'assistant' || message.toolCalls === undefined) return [said];
  const calls = message.toolCalls.map((call) => ({
    type: 'function_call',
    call_id: call.id,
    name: call.name,
    arguments: call.arguments,
  }));
  return message.content === '' ? calls : [said, ...calls];
}

/**
 * The answer in a body.
 *
 * @param raw The body, redacted.
 * @param address Where it came from.
 */
export function readResponses(raw: string, address: string): Answer {
  let body: unknown;
  try {
    body = JSON.parse(raw);
  } catch {
    return malformed(address, 'sent a body that is not valid JSON', raw);
  }
  if (!isRecord(body)) return malformed(address, 'sent JSON that is no object', raw);
  const usage = readUsage(body.usage);
  if (isRecord(body.error)) {
    const error = readError(body);
    if (error) return bodyFailure(error, address, raw, usage);
  }
  if (!Array.isArray(body.output)) return malformed(address, 'sent JSON that is no response', raw);
  const model = typeof body.model === 'string' ? body.model : undefined;
  const refused = (type: Refusal['type'], reason: string): Refusal => ({
    type,
    reason,
    usage,
    raw,
    ...(model !== undefined && { model }),
  });

  const output = readOutput(body.output);
  if (output.refusal !== '') return refused('refused', quote(output.refusal, 1000));
  const cause = isRecord(body.incomplete_details) ? body.incomplete_details.reason : undefined;
  if (cause === 'content_filter')
    return refused('filtered', "The provider's content filter stopped the reply.");
  if (body.status === 'failed')
    return bodyFailure({ message: 'the response failed', codes: [] }, address, raw, usage);
  // A reply that ran out of tokens while the model was still thinking has no message, and is whole.
  if (!output.isAnswer && body.status !== 'incomplete')
    return malformed(address, 'sent a response without a message', raw);

  const finish =
    output.toolCalls.length > 0
      ? 'tool_calls'
      : body.status === 'incomplete'
        ? cause === 'max_output_tokens'
          ? 'length'
          : 'other'
        : 'stop';
  const reply: Reply = { type: 'reply', text: output.text, finish, usage, raw };
  if (model !== undefined) reply.model = model;
  if (output.toolCalls.length > 0) reply.toolCalls = output.toolCalls;
  if (output.logprobs.length > 0) reply.logprobs = output.logprobs;
  return reply;
}

interface Output {
  text: string;
  refusal: string;
  toolCalls: ToolCall[];
  logprobs: TokenLogprob[];
  isAnswer: boolean;
}

function readOutput(items: unknown[]): Output {
  const output: Output = { text: '', refusal: '', toolCalls: [], logprobs: [], isAnswer: false };
  for (const item of items) {
    if (!isRecord(item)) continue;
    if (item.type === 'function_call' && typeof item.name === 'string') {
      output.isAnswer = true;
      output.toolCalls.push({
        id: String(item.call_id ?? item.id ?? ''),
        name: item.name,
        arguments: typeof item.arguments === 'string' ? item.arguments : '{}',
      });
    }
    if (item.type !== 'message' || !Array.isArray(item.content)) continue;
    output.isAnswer = true;
    for (const part of item.content) {
      if (!isRecord(part)) continue;
      if (part.type === 'refusal' && typeof part.refusal === 'string')
        output.refusal += part.refusal;
      if (part.type !== 'output_text' || typeof part.text !== 'string') continue;
      output.text += part.text;
      output.logprobs.push(...(readLogprobs(part.logprobs) ?? []));
    }
  }
  return output;
}

function readUsage(usage: unknown): Usage {
  if (!isRecord(usage)) return { input: null, output: null };
  const read: Usage = { input: tokens(usage.input_tokens), output: tokens(usage.output_tokens) };
  const cached = isRecord(usage.input_tokens_details)
    ? tokens(usage.input_tokens_details.cached_tokens)
    : null;
  const reasoning = isRecord(usage.output_tokens_details)
    ? tokens(usage.output_tokens_details.reasoning_tokens)
    : null;
  if (cached !== null) read.cachedInput = cached;
  if (reasoning !== null) read.reasoning = reasoning;
  return read;
}
