/**
 * @module model/adapters/responses
 * OpenAI's responses API, for models that speak nothing else.
 */

import { isRecord, withoutUndefined } from '../json.ts';
import type { Transcript } from '../roles.ts';
import type { PlacedMessage } from '../tool-calls.ts';
import type { Answer, ModelRequest, Reply, TokenLogprob, ToolCall } from '../types.ts';
import { type Dialect, modelIn, orNone, readLogprobs, readUsage } from './chat-completions.ts';
import { malformed, quote, readError, readObject } from './failures.ts';
import { bodyFailure } from './openai-errors.ts';

/**
 * The body of a request.
 *
 * @param request What is asked.
 * @param conversation Its messages, placed.
 * @param dialect Whom it is for.
 */
export function writeResponses(
  request: ModelRequest,
  conversation: Transcript,
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
    tools: orNone(conversation.tools.map((tool) => ({ type: 'function', ...tool, strict: false }))),
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
  return readObject(raw, address, (body) => {
    const usage = readUsage(body.usage, 'input', 'output');
    const error = isRecord(body.error) ? readError(body) : undefined;
    if (error) return bodyFailure(error, address, raw, usage);
    if (!Array.isArray(body.output)) {
      return malformed(address, 'sent JSON that is no response', raw);
    }
    const common = { usage, raw, model: modelIn(body) };
    const { text, refusal, toolCalls, logprobs, isAnswer } = readOutput(body.output);
    if (refusal !== '') {
      return withoutUndefined({ type: 'refused', reason: quote(refusal, 1000), ...common });
    }
    const cause = isRecord(body.incomplete_details) ? body.incomplete_details.reason : undefined;
    if (cause === 'content_filter') {
      const reason = "The provider's content filter stopped the reply.";
      return withoutUndefined({ type: 'filtered', reason, ...common });
    }
    if (body.status === 'failed') {
      return bodyFailure({ message: 'the response failed', codes: [] }, address, raw, usage);
    }
    const isCut = body.status === 'incomplete';
    // A reply that ran out of tokens while the model was still thinking has no message, and is whole.
    if (!isAnswer && !isCut) return malformed(address, 'sent a response without a message', raw);
    return withoutUndefined({
      type: 'reply',
      text,
      finish: toolCalls.length > 0 ? 'tool_calls' : isCut ? cutBy(cause) : 'stop',
      toolCalls: orNone(toolCalls),
      logprobs: orNone(logprobs),
      ...common,
    });
  });
}

function cutBy(cause: unknown): Reply['finish'] {
  return cause === 'max_output_tokens' ? 'length' : 'other';
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
