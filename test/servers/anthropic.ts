/**
 * @module test/servers/anthropic
 * A server that speaks Anthropic's messages, and refuses what Anthropic refuses.
 */

import type { Asked, Said } from './behaviours.ts';
import type { FaultName } from './faults.ts';
import {
  type Protocol,
  type ServerOptions,
  startServer,
  type TestServer,
  type Written,
} from './server.ts';

interface Block {
  type?: unknown;
  text?: unknown;
  id?: unknown;
  tool_use_id?: unknown;
  input?: unknown;
}

interface Message {
  role?: unknown;
  content?: unknown;
}

const fields = new Set(
  'model messages system max_tokens temperature top_p top_k stop_sequences tools tool_choice output_config'.split(
    ' ',
  ),
);

/**
 * Starts the server.
 *
 * @param options What it says and how it fails.
 */
export function startAnthropic(options: ServerOptions = {}): Promise<TestServer> {
  return startServer(protocol, options);
}

const protocol: Protocol = {
  basePath: '/v1',
  check(path, body, headers) {
    if (path !== '/v1/messages') return { status: 404, body: error(404, 'Not found') };
    if (headers['anthropic-version'] === undefined)
      return bad('anthropic-version: header is required');
    const wrong = checkBody(body);
    return wrong === null ? null : bad(wrong);
  },
  read(_path, body) {
    const messages = (body.messages as Message[]).map(({ role, content }) => ({
      role: String(role),
      content: textOf(content),
    }));
    if (body.system !== undefined)
      messages.unshift({ role: 'system', content: textOf(body.system) });
    const config = body.output_config as { format?: { schema?: unknown } } | undefined;
    return { model: String(body.model), messages, schema: config?.format?.schema };
  },
  write: (said, asked) => message(asked, contentOf(said, asked), stopReason(said, asked)),
  fault,
  error,
  keyOf: (headers) => headers['x-api-key'] as string | undefined,
};

function bad(text: string): Written {
  return { status: 400, body: error(400, text) };
}

function error(status: number, text: string): unknown {
  const types: Record<number, string> = {
    400: 'invalid_request_error',
    401: 'authentication_error',
    404: 'not_found_error',
    429: 'rate_limit_error',
    503: 'overloaded_error',
  };
  return {
    type: 'error',
    error: { type: types[status] ?? 'api_error', message: text },
    request_id: 'req_test',
  };
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return (content as Block[])
    .map((block) => (typeof block.text === 'string' ? block.text : ''))
    .join('');
}

function blocksOf(content: unknown): Block[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : (content as Block[]);
}

function checkBody(body: Record<string, unknown>): string | null {
  const unknown = Object.keys(body).find((field) => !fields.has(field));
  if (unknown) return `${unknown}: Extra inputs are not permitted`;
  if (typeof body.model !== 'string') return 'model: Field required';
  if (!Number.isInteger(body.max_tokens) || Number(body.max_tokens) < 1)
    return 'max_tokens: Field required';
  const { temperature } = body;
  if (
    temperature !== undefined &&
    !(typeof temperature === 'number' && temperature >= 0 && temperature <= 1)
  )
    return 'temperature: range: 0..1';
  if (!Array.isArray(body.messages) || body.messages.length === 0)
    return 'messages: at least one message is required';
  if (body.system !== undefined && blocksOf(body.system).some((block) => block.text === ''))
    return 'system: text content blocks must be non-empty';
  return checkMessages(body.messages as Message[], Array.isArray(body.tools));
}

function checkMessages(messages: Message[], hasTools: boolean): string | null {
  let open = new Set<unknown>();
  for (const [index, current] of messages.entries()) {
    if (current.role !== 'user' && current.role !== 'assistant')
      return `messages: Unexpected role "${current.role}". The Messages API accepts a top-level \`system\` parameter, not "system" as an input message role.`;
    if (current.role !== (index % 2 === 0 ? 'user' : 'assistant'))
      return 'messages: roles must alternate between "user" and "assistant", beginning with "user"';
    const blocks = blocksOf(current.content);
    if (blocks.length === 0) return `messages.${index}: all messages must have non-empty content`;
    if (blocks.some((block) => block.type === 'text' && String(block.text).trim() === ''))
      return `messages.${index}: text content blocks must be non-empty`;
    const results = blocks.filter((block) => block.type === 'tool_result');
    for (const result of results) {
      if (!open.delete(result.tool_use_id))
        return `messages.${index}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${result.tool_use_id}.`;
    }
    if (open.size > 0)
      return `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${[...open].join(', ')}.`;
    const uses = blocks.filter((block) => block.type === 'tool_use');
    if (
      uses.some(
        (use) =>
          typeof use.input !== 'object' ||
          use.input === null ||
          !/^[a-zA-Z0-9_-]+$/.test(String(use.id)),
      )
    )
      return `messages.${index}: tool_use: Input should be a valid dictionary`;
    if ((uses.length > 0 || results.length > 0) && !hasTools)
      return 'Requests which include `tool_use` or `tool_result` blocks must define tools.';
    open = new Set(uses.map((use) => use.id));
  }
  if (messages.at(-1)?.role === 'assistant')
    return 'This model does not support assistant message prefill. The conversation must end with a user message.';
  return null;
}

/** Models without native schemas are made to call a tool; its input is then the reply. */
function forcedTool(asked: Asked): string | undefined {
  const choice = asked.body.tool_choice as { type?: string } | undefined;
  const tools = asked.body.tools as { name: string }[] | undefined;
  return choice?.type === 'any' ? tools?.at(-1)?.name : undefined;
}

function contentOf(said: Exclude<Said, string>, asked: Asked): unknown[] {
  const forced = forcedTool(asked);
  if (forced !== undefined && said.text !== undefined)
    return [{ type: 'tool_use', id: 'toolu_json', name: forced, input: JSON.parse(said.text) }];
  const content: unknown[] = said.text === undefined ? [] : [{ type: 'text', text: said.text }];
  for (const call of 'toolCalls' in said ? said.toolCalls : []) {
    content.push({
      type: 'tool_use',
      id: call.id,
      name: call.name,
      input: JSON.parse(call.arguments),
    });
  }
  return content;
}

function stopReason(said: Exclude<Said, string>, asked: Asked): string {
  if ('toolCalls' in said || forcedTool(asked) !== undefined) return 'tool_use';
  return said.finish === 'length' ? 'max_tokens' : 'end_turn';
}

function message(
  asked: Asked,
  content: unknown[],
  stop: string,
  rest: Record<string, unknown> = {},
): unknown {
  return {
    id: `msg_${asked.number}`,
    type: 'message',
    role: 'assistant',
    model: `${asked.model}-20250929`,
    content,
    stop_reason: stop,
    stop_sequence: null,
    usage: {
      input_tokens: 12,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 8,
      output_tokens: 5,
    },
    ...rest,
  };
}

function fault(name: FaultName): Written | undefined {
  const asked: Asked = { number: 1, model: 'test', messages: [], path: '', body: {} };
  switch (name) {
    case 'empty-choices':
      return { status: 200, body: message(asked, [], 'end_turn') };
    case 'refusal':
    case 'filter':
      return {
        status: 200,
        body: message(asked, [], 'refusal', {
          stop_details: {
            type: 'refusal',
            category: 'cyber',
            explanation: 'This request was declined.',
          },
        }),
      };
    case 'filter-prompt':
      return bad('Output blocked by content filtering policy');
    default:
      return undefined;
  }
}
