/**
 * @module test/servers/openai
 * A server that speaks OpenAI's chat completions and responses, and refuses what OpenAI refuses.
 * The mistral dialect of it refuses what Mistral refuses.
 */

import type { Asked, Said } from './behaviours.ts';
import type { FaultName } from './faults.ts';
import { checkChat, checkResponses, textOf } from './openai-checks.ts';
import {
  type Protocol,
  type ServerOptions,
  startServer,
  type TestServer,
  type Written,
} from './server.ts';

export type Dialect = 'openai' | 'lenient' | 'mistral';

/**
 * Starts the server.
 *
 * @param options What it says and how it fails; `dialect` says whom it plays.
 */
export function startOpenai(
  options: ServerOptions & { dialect?: Dialect } = {},
): Promise<TestServer> {
  return startServer(openaiProtocol(options.dialect ?? 'openai'), options);
}

function openaiProtocol(dialect: Dialect): Protocol {
  return {
    basePath: '/v1',
    check(path, body) {
      if (path === '/v1/chat/completions') return bad(checkChat(body, dialect));
      if (path === '/v1/responses' && dialect === 'openai') return bad(checkResponses(body));
      return { status: 404, body: error(404, `Unknown request URL: POST ${path}.`) };
    },
    read: (path, body) => (isResponses(path) ? readResponses(body) : readChat(body)),
    write: (said, asked) =>
      isResponses(asked.path) ? writeResponses(said, asked) : writeChat(said, asked),
    fault,
    error,
    keyOf: (headers) => headers.authorization?.replace(/^Bearer /, ''),
  };
}

function isResponses(path: string): boolean {
  return path.endsWith('/responses');
}

function bad(message: string | null): Written | null {
  return message === null ? null : { status: 400, body: error(400, message) };
}

function error(status: number, message: string, code?: string): unknown {
  const type =
    status === 429 ? 'requests' : status >= 500 ? 'server_error' : 'invalid_request_error';
  return {
    error: {
      message,
      type: code === 'insufficient_quota' ? code : type,
      param: null,
      code: code ?? null,
    },
  };
}

function readChat(body: Record<string, unknown>): Omit<Asked, 'number' | 'path' | 'body'> {
  const messages = (body.messages as { role: string; content: unknown }[]).map(
    ({ role, content }) => ({ role, content: textOf(content) }),
  );
  const format = body.response_format as { json_schema?: { schema?: unknown } } | undefined;
  return { model: String(body.model), messages, schema: format?.json_schema?.schema };
}

function readResponses(body: Record<string, unknown>): Omit<Asked, 'number' | 'path' | 'body'> {
  const items = body.input as {
    role?: string;
    type?: string;
    content?: unknown;
    output?: unknown;
  }[];
  const messages = items.map((item) => ({
    role: item.role ?? (item.type === 'function_call_output' ? 'tool' : 'assistant'),
    content: textOf(item.content ?? item.output ?? ''),
  }));
  const text = body.text as { format?: { schema?: unknown } } | undefined;
  return { model: String(body.model), messages, schema: text?.format?.schema };
}

function writeChat(said: Exclude<Said, string>, asked: Asked): unknown {
  const calls = 'toolCalls' in said ? said.toolCalls : undefined;
  const text = said.text ?? null;
  const message = {
    role: 'assistant',
    content: text,
    refusal: null,
    ...(calls && {
      tool_calls: calls.map((call) => ({
        id: call.id,
        type: 'function',
        function: { name: call.name, arguments: call.arguments },
      })),
    }),
  };
  const finish = calls ? 'tool_calls' : ('finish' in said && said.finish) || 'stop';
  return completion(
    asked,
    message,
    finish,
    asked.body.logprobs === true ? chatLogprobs(text ?? '') : null,
  );
}

function completion(
  asked: Asked,
  message: unknown,
  finish: string,
  logprobs: unknown = null,
): unknown {
  return {
    id: `chatcmpl-${asked.number}`,
    object: 'chat.completion',
    created: 1_760_000_000,
    model: `${asked.model}-2025-08-07`,
    choices: [{ index: 0, message, logprobs, finish_reason: finish }],
    usage: {
      prompt_tokens: 20,
      completion_tokens: 5,
      total_tokens: 25,
      prompt_tokens_details: { cached_tokens: 8, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 3 },
    },
    system_fingerprint: 'fp_test',
  };
}

function chatLogprobs(text: string): unknown {
  return { content: tokenLogprobs(text), refusal: null };
}

function tokenLogprobs(text: string): unknown[] {
  return text.split(/(?<= )/).map((token) => ({
    token,
    logprob: -0.1,
    bytes: null,
    top_logprobs: [
      { token, logprob: -0.1, bytes: null },
      { token: 'other', logprob: -2.5, bytes: null },
    ],
  }));
}

function writeResponses(said: Exclude<Said, string>, asked: Asked): unknown {
  const output: unknown[] = [{ id: 'rs_1', type: 'reasoning', summary: [] }];
  const logprobs = Array.isArray(asked.body.include) ? tokenLogprobs(said.text ?? '') : [];
  if (said.text !== undefined)
    output.push(messageItem({ type: 'output_text', text: said.text, annotations: [], logprobs }));
  if ('toolCalls' in said) {
    for (const call of said.toolCalls) {
      output.push({
        id: `fc_${call.id}`,
        type: 'function_call',
        status: 'completed',
        call_id: call.id,
        name: call.name,
        arguments: call.arguments,
      });
    }
  }
  const isCut = 'finish' in said && said.finish === 'length';
  return response(
    asked,
    output,
    isCut ? { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } } : {},
  );
}

function messageItem(part: unknown): unknown {
  return { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', content: [part] };
}

function response(asked: Asked, output: unknown[], rest: Record<string, unknown> = {}): unknown {
  return {
    id: `resp_${asked.number}`,
    object: 'response',
    created_at: 1_760_000_000,
    status: 'completed',
    error: null,
    incomplete_details: null,
    model: `${asked.model}-2025-08-07`,
    output,
    usage: {
      input_tokens: 20,
      input_tokens_details: { cached_tokens: 8 },
      output_tokens: 5,
      output_tokens_details: { reasoning_tokens: 3 },
      total_tokens: 25,
    },
    ...rest,
  };
}

function fault(name: FaultName, path: string): Written | undefined {
  const asked: Asked = { number: 1, model: 'test', messages: [], path, body: {} };
  const good = (body: unknown): Written => ({ status: 200, body });
  switch (name) {
    case 'empty-choices':
      return good(
        isResponses(path)
          ? response(asked, [])
          : { ...(completion(asked, {}, 'stop') as object), choices: [] },
      );
    case 'filter':
      return good(
        isResponses(path)
          ? response(asked, [], {
              status: 'incomplete',
              incomplete_details: { reason: 'content_filter' },
            })
          : completion(
              asked,
              { role: 'assistant', content: 'Half a', refusal: null },
              'content_filter',
            ),
      );
    case 'filter-prompt':
      return {
        status: 400,
        body: {
          error: {
            message:
              'The response was filtered due to the prompt triggering the content management policy.',
            type: null,
            param: 'prompt',
            code: 'content_filter',
            status: 400,
            innererror: {
              code: 'ResponsibleAIPolicyViolation',
              content_filter_result: { violence: { filtered: true, severity: 'high' } },
            },
          },
        },
      };
    case 'refusal':
      return good(
        isResponses(path)
          ? response(asked, [
              messageItem({ type: 'refusal', refusal: "I'm sorry, I can't help with that." }),
            ])
          : completion(
              asked,
              { role: 'assistant', content: null, refusal: "I'm sorry, I can't help with that." },
              'stop',
            ),
      );
    default:
      return undefined;
  }
}
