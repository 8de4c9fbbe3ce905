/**
 * @module model/adapters/sdk-answers
 * From what a provider of the AI SDK hands back to an answer.
 */

import { isRecord, withoutUndefined } from '../json.ts';
import type { Answer, Reply, ToolCall, Usage } from '../types.ts';
import { orNone } from './chat-completions.ts';
import { malformed, quote } from './failures.ts';
import type { Declined } from './http.ts';
import { readDeclined } from './openai-errors.ts';
import type { CallResult } from './sdk-request.ts';

/**
 * The answer in a result.
 *
 * @param provider Whose it is.
 * @param result From `doGenerate`.
 * @param raw The body, redacted.
 * @param address Where it came from.
 */
export function readSdkResult(
  provider: string,
  result: CallResult,
  raw: string,
  address: string,
): Answer {
  const body = isRecord(result.response?.body) ? result.response.body : {};
  const usage = readUsage(result.usage);
  const model =
    result.response?.modelId ??
    (typeof body.modelVersion === 'string' ? body.modelVersion : undefined);
  const { unified, raw: cause } = result.finishReason;
  const common = { usage, raw, model };
  const why = quote(cause ?? 'no reason given', 60);

  if (provider === 'anthropic' && cause === 'refusal') {
    return withoutUndefined({ type: 'refused', reason: refusalReason(body), ...common });
  }
  if (unified === 'content-filter' || cause === 'content_filter') {
    const reason = `The provider's content filter stopped the reply (${why}).`;
    return withoutUndefined({ type: 'filtered', reason, ...common });
  }
  if (unified === 'error') return malformed(address, `broke off the reply (${why})`, raw);
  if (provider === 'google' && !hasCandidate(body))
    return malformed(address, 'sent a reply without a candidate', raw);

  let text = '';
  const toolCalls: ToolCall[] = [];
  for (const part of result.content) {
    if (part.type === 'text') text += part.text;
    else if (part.type === 'tool-call' && part.providerExecuted !== true) {
      toolCalls.push({ id: part.toolCallId, name: part.toolName, arguments: part.input });
    }
  }
  return withoutUndefined({
    type: 'reply',
    text: result.structuredOutputText ?? text,
    finish: finishOf(unified),
    toolCalls: orNone(toolCalls),
    ...common,
  });
}

function finishOf(unified: string): Reply['finish'] {
  if (unified === 'stop' || unified === 'length') return unified;
  return unified === 'tool-calls' ? 'tool_calls' : 'other';
}

function hasCandidate(body: Record<string, unknown>): boolean {
  return Array.isArray(body.candidates) && body.candidates.length > 0;
}

function refusalReason(body: Record<string, unknown>): string {
  const details = isRecord(body.stop_details) ? body.stop_details : {};
  const category = typeof details.category === 'string' ? ` (${quote(details.category, 60)})` : '';
  return typeof details.explanation === 'string' && details.explanation !== ''
    ? `${quote(details.explanation, 1000)}${category}`
    : `The provider refused to answer${category}.`;
}

function readUsage({ inputTokens, outputTokens }: CallResult['usage']): Usage {
  return withoutUndefined({
    input: inputTokens.total ?? null,
    output: outputTokens.total ?? null,
    cachedInput: inputTokens.cacheRead,
    reasoning: outputTokens.reasoning,
  });
}

/**
 * The answer that a declined request amounts to, where the status alone would mislead.
 *
 * @param provider Who declined.
 * @param declined From the transport.
 */
export function readSdkDeclined(provider: string, declined: Declined): Answer {
  const { failure, error, raw } = declined;
  // Mistral's errors are OpenAI's.
  if (provider === 'mistral') return readDeclined(declined, 'chat');
  if (provider === 'anthropic' && /blocked by content filtering/i.test(error.message)) {
    return { type: 'filtered', reason: error.message, usage: { input: null, output: null }, raw };
  }
  if (provider === 'anthropic' && /credit balance is too low/i.test(error.message)) {
    return { ...failure, kind: 'authentication', transient: false };
  }
  // Google answers a wrong key with 400, as if the request were at fault.
  if (provider === 'google' && /api key (not valid|expired|not found)/i.test(error.message)) {
    return { ...failure, kind: 'authentication', transient: false };
  }
  return failure;
}
