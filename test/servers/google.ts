/**
 * @module test/servers/google
 * A server that speaks Gemini's generateContent, and refuses what Google refuses.
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

interface Part {
  text?: unknown;
  functionCall?: { name?: unknown };
  functionResponse?: { name?: unknown };
}

interface Content {
  role?: unknown;
  parts?: Part[];
}

const fields = new Set(
  'contents systemInstruction generationConfig tools toolConfig safetySettings'.split(' '),
);

/**
 * Starts the server.
 *
 * @param options What it says and how it fails.
 */
export function startGoogle(options: ServerOptions = {}): Promise<TestServer> {
  return startServer(protocol, options);
}

const protocol: Protocol = {
  basePath: '/v1beta',
  check(path, body) {
    if (!/^\/v1beta\/models\/[^/:]+:generateContent$/.test(path))
      return { status: 404, body: error(404, `${path} is not found`) };
    const wrong = checkBody(body);
    return wrong === null ? null : { status: 400, body: error(400, wrong) };
  },
  read(path, body) {
    const messages = (body.contents as Content[]).map(({ role, parts }) => ({
      role: role === 'model' ? 'assistant' : 'user',
      content: textOf(parts),
    }));
    const system = body.systemInstruction as Content | undefined;
    if (system) messages.unshift({ role: 'system', content: textOf(system.parts) });
    const config = body.generationConfig as { responseJsonSchema?: unknown } | undefined;
    return { model: modelOf(path), messages, schema: config?.responseJsonSchema };
  },
  write: (said, asked) =>
    reply(
      asked,
      partsOf(said),
      'finish' in said && said.finish === 'length' ? 'MAX_TOKENS' : 'STOP',
    ),
  fault,
  error,
  keyOf: (headers) => headers['x-goog-api-key'] as string | undefined,
};

function modelOf(path: string): string {
  return /models\/([^:]+):/.exec(path)?.[1] ?? '';
}

function textOf(parts: Part[] | undefined): string {
  return (parts ?? []).map((part) => (typeof part.text === 'string' ? part.text : '')).join('');
}

function error(status: number, message: string): unknown {
  const names: Record<number, string> = {
    400: 'INVALID_ARGUMENT',
    401: 'UNAUTHENTICATED',
    404: 'NOT_FOUND',
    429: 'RESOURCE_EXHAUSTED',
    500: 'INTERNAL',
    503: 'UNAVAILABLE',
  };
  const details =
    status === 429
      ? [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.07s' }]
      : [];
  return { error: { code: status, message, status: names[status] ?? 'UNKNOWN', details } };
}

function checkBody(body: Record<string, unknown>): string | null {
  const unknown = Object.keys(body).find((field) => !fields.has(field));
  if (unknown)
    return `Invalid JSON payload received. Unknown name "${unknown}": Cannot find field.`;
  if (!Array.isArray(body.contents) || body.contents.length === 0)
    return 'GenerateContentRequest.contents: contents is not specified';
  const contents = body.contents as Content[];
  let pending = 0;
  for (const [index, { role, parts }] of contents.entries()) {
    const where = `GenerateContentRequest.contents[${index}]`;
    if (role !== 'user' && role !== 'model') return 'Please use a valid role: user, model.';
    if (!parts || parts.length === 0) return `${where}.parts: contents.parts must not be empty.`;
    if (parts.some((part) => part.text === ''))
      return `${where}.parts[0].data: required oneof field 'data' must have one initialized field`;
    const calls = parts.filter((part) => part.functionCall).length;
    const responses = parts.filter((part) => part.functionResponse).length;
    if (calls > 0 && contents[index - 1]?.role !== 'user')
      return 'Please ensure that function call turn comes immediately after a user turn or after a function response turn.';
    if (responses > 0 && pending === 0)
      return 'Please ensure that function response turn comes immediately after a function call turn.';
    if (pending !== responses)
      return 'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.';
    pending = calls;
  }
  return contents.at(-1)?.role === 'model'
    ? 'Please ensure that the conversation ends with a user turn.'
    : null;
}

function partsOf(said: Exclude<Said, string>): unknown[] {
  const parts: unknown[] = said.text === undefined ? [] : [{ text: said.text }];
  for (const call of 'toolCalls' in said ? said.toolCalls : []) {
    parts.push({
      functionCall: { id: call.id, name: call.name, args: JSON.parse(call.arguments) },
    });
  }
  return parts;
}

function reply(asked: Asked, parts: unknown[], finishReason: string): unknown {
  return {
    candidates: [{ content: { role: 'model', parts }, finishReason, index: 0 }],
    usageMetadata: {
      promptTokenCount: 20,
      candidatesTokenCount: 2,
      thoughtsTokenCount: 3,
      totalTokenCount: 25,
      cachedContentTokenCount: 8,
    },
    modelVersion: `${asked.model || modelOf(asked.path)}-001`,
    responseId: `response-${asked.number}`,
  };
}

function fault(name: FaultName, path: string): Written | undefined {
  const good = (body: unknown): Written => ({ status: 200, body });
  const usageMetadata = { promptTokenCount: 20, totalTokenCount: 20 };
  const modelVersion = `${modelOf(path)}-001`;
  switch (name) {
    case 'empty-choices':
      return good({ candidates: [], usageMetadata, modelVersion });
    case 'filter':
      return good({
        candidates: [{ finishReason: 'SAFETY', index: 0, safetyRatings: [] }],
        usageMetadata,
        modelVersion,
      });
    case 'filter-prompt':
      return good({
        promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
        usageMetadata,
        modelVersion,
      });
    case 'refusal':
      return good({
        candidates: [{ content: {}, finishReason: 'PROHIBITED_CONTENT', index: 0 }],
        usageMetadata,
        modelVersion,
      });
    default:
      return undefined;
  }
}
