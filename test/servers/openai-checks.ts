/**
 * @module test/servers/openai-checks
 * What the real APIs refuse with a 400.
 */

import type { Dialect } from './openai.ts';

interface ChatMessage {
  role?: unknown;
  content?: unknown;
  name?: unknown;
  prefix?: unknown;
  tool_call_id?: unknown;
  tool_calls?: {
    id?: unknown;
    type?: unknown;
    function?: { name?: unknown; arguments?: unknown };
  }[];
}

const chatFields = new Set(
  'model messages max_tokens max_completion_tokens temperature top_p seed stop logprobs top_logprobs tools tool_choice response_format'.split(
    ' ',
  ),
);
const mistralFields = new Set(
  'model messages max_tokens temperature top_p random_seed stop tools tool_choice response_format safe_prompt'.split(
    ' ',
  ),
);
const responsesFields = new Set(
  'model input store max_output_tokens temperature top_p top_logprobs include tools text'.split(
    ' ',
  ),
);

/** The text of a content, whether it is a string or a list of parts. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : ''))
    .join('');
}

/**
 * What is wrong with a request for a chat completion.
 *
 * @param body The request.
 * @param dialect Whose rules apply.
 */
export function checkChat(body: Record<string, unknown>, dialect: Dialect): string | null {
  const unknown = unknownField(body, dialect === 'mistral' ? mistralFields : chatFields);
  if (unknown) return `Unrecognized request argument supplied: ${unknown}`;
  if (typeof body.model !== 'string' || body.model === '')
    return 'you must provide a model parameter';
  if (!Array.isArray(body.messages) || body.messages.length === 0)
    return "[] is too short - 'messages'";
  if (dialect !== 'openai' && body.max_completion_tokens !== undefined)
    return 'Unrecognized request argument supplied: max_completion_tokens';
  if (dialect === 'openai' && body.max_tokens !== undefined)
    return "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
  if (body.top_logprobs !== undefined && body.logprobs !== true)
    return "'logprobs' must be true if 'top_logprobs' is specified.";
  const range = checkTemperature(body, dialect === 'mistral' ? 1.5 : 2);
  if (range) return range;
  return (
    checkMessages(body.messages as ChatMessage[], dialect) ??
    checkFormat(body.response_format, dialect) ??
    checkTools(body.tools)
  );
}

function unknownField(
  body: Record<string, unknown>,
  fields: ReadonlySet<string>,
): string | undefined {
  return Object.keys(body).find((field) => !fields.has(field));
}

function checkTemperature(body: Record<string, unknown>, most: number): string | null {
  const { temperature } = body;
  if (temperature === undefined) return null;
  return typeof temperature === 'number' && temperature >= 0 && temperature <= most
    ? null
    : `Invalid 'temperature': ${temperature} is out of range.`;
}

function checkMessages(messages: ChatMessage[], dialect: Dialect): string | null {
  const roles =
    dialect === 'openai'
      ? ['system', 'developer', 'user', 'assistant', 'tool']
      : ['system', 'user', 'assistant', 'tool'];
  let open = new Set<string>();
  for (const [index, message] of messages.entries()) {
    const where = `messages[${index}]`;
    if (!roles.includes(String(message.role))) {
      return `Invalid value: '${message.role}'. Supported values are: ${roles.map((role) => `'${role}'`).join(', ')}. (${where}.role)`;
    }
    if (message.role === 'tool') {
      if (!open.delete(String(message.tool_call_id)))
        return "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.";
    } else if (open.size > 0) {
      return `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...open].join(', ')}`;
    }
    const hasCalls = Array.isArray(message.tool_calls) && message.tool_calls.length > 0;
    const isText = typeof message.content === 'string' || Array.isArray(message.content);
    if (!isText && !(message.content === null && hasCalls))
      return `Invalid value for 'content': expected a string, got null. (${where}.content)`;
    if (hasCalls) {
      for (const call of message.tool_calls ?? []) {
        if (
          typeof call.id !== 'string' ||
          typeof call.function?.name !== 'string' ||
          typeof call.function.arguments !== 'string'
        )
          return `Missing required parameter in ${where}.tool_calls.`;
        if (!/^[a-zA-Z0-9_-]{1,64}$/.test(call.function.name))
          return `Invalid '${where}.tool_calls[0].function.name': string does not match pattern.`;
        if (dialect === 'mistral' && !/^[a-zA-Z0-9]{9}$/.test(call.id))
          return `Tool call id was ${call.id} but must be a-z, A-Z, 0-9, with a length of 9.`;
      }
      open = new Set(message.tool_calls?.map((call) => String(call.id)));
    }
  }
  if (open.size > 0)
    return "An assistant message with 'tool_calls' must be followed by tool messages.";
  return dialect === 'mistral' ? checkMistralOrder(messages) : null;
}

function checkMistralOrder(messages: ChatMessage[]): string | null {
  const last = messages.at(-1);
  if (last?.role !== 'user' && last?.role !== 'tool')
    return `Expected last role User or Tool (or Assistant with prefix True) for serving but got ${last?.role}`;
  for (const [index, message] of messages.entries()) {
    const next = messages[index + 1];
    if (message.role === 'tool' && next?.role === 'user')
      return "Unexpected role 'user' after role 'tool'";
    if (message.role !== 'system' && next?.role === 'system')
      return `Unexpected role 'system' after role '${message.role}'`;
    if (message.role === 'assistant' && textOf(message.content) === '' && !message.tool_calls)
      return 'Assistant message must have either content or tool_calls, but not both.';
  }
  return null;
}

function checkFormat(format: unknown, dialect: Dialect): string | null {
  if (format === undefined) return null;
  const { type, json_schema: wrapped } = format as {
    type?: unknown;
    json_schema?: Record<string, unknown>;
  };
  if (type !== 'json_schema' || !wrapped) return "Invalid value for 'response_format'.";
  return checkSchema(wrapped, dialect === 'openai');
}

function checkSchema(wrapped: Record<string, unknown>, mustBeStrict: boolean): string | null {
  if (typeof wrapped.name !== 'string' || !/^[a-zA-Z0-9_-]{1,64}$/.test(wrapped.name))
    return "Invalid 'response_format.json_schema.name'.";
  const schema = wrapped.schema as
    | { type?: unknown; properties?: object; required?: string[]; additionalProperties?: unknown }
    | undefined;
  if (!schema) return "Missing required parameter: 'response_format.json_schema.schema'.";
  if (!mustBeStrict || wrapped.strict !== true || schema.type !== 'object') return null;
  if (schema.additionalProperties !== false)
    return "Invalid schema for response_format: 'additionalProperties' is required to be supplied and to be false.";
  const missing = Object.keys(schema.properties ?? {}).find(
    (property) => !schema.required?.includes(property),
  );
  return missing === undefined
    ? null
    : `Invalid schema for response_format: 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`;
}

function checkTools(tools: unknown): string | null {
  if (tools === undefined) return null;
  if (!Array.isArray(tools) || tools.length === 0) return "[] is too short - 'tools'";
  const isWrong = tools.some(
    (tool: { type?: unknown; function?: { name?: unknown } }) =>
      tool.type !== 'function' || typeof tool.function?.name !== 'string',
  );
  return isWrong ? "Missing required parameter: 'tools[0].function.name'." : null;
}

/**
 * What is wrong with a request for a response.
 *
 * @param body The request.
 */
export function checkResponses(body: Record<string, unknown>): string | null {
  const unknown = unknownField(body, responsesFields);
  if (unknown) return `Unknown parameter: '${unknown}'.`;
  if (typeof body.model !== 'string' || body.model === '')
    return "Missing required parameter: 'model'.";
  if (!Array.isArray(body.input) || body.input.length === 0)
    return "Missing required parameter: 'input'.";
  const calls = new Set<unknown>();
  for (const item of body.input as Record<string, unknown>[]) {
    if (item.type === 'function_call') calls.add(item.call_id);
    else if (item.type === 'function_call_output') {
      if (!calls.delete(item.call_id))
        return `No tool call found for function call output with call_id ${item.call_id}.`;
    } else if (!['system', 'developer', 'user', 'assistant'].includes(String(item.role))) {
      return `Invalid value: '${item.role}'. Supported values are: 'assistant', 'system', 'developer', and 'user'.`;
    }
  }
  if (calls.size > 0) return `No tool output found for function call ${[...calls].join(', ')}.`;
  const range = checkTemperature(body, 2);
  if (range) return range;
  const format = (body.text as { format?: Record<string, unknown> } | undefined)?.format;
  return format === undefined ? null : checkSchema(format, true);
}
