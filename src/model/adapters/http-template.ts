/**
 * @module model/adapters/http-template
 * A model behind any HTTP address that takes and gives JSON: what is sent and where the reply stands are said in a
 * template, a small YAML file.
 */
import { randomUUID } from 'node:crypto';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { textReply } from '../custom.ts';
import { checkBase } from '../options.ts';
import type { Environment } from '../provider.ts';
import { secretsOf } from '../redact.ts';
import type { Answer, ModelRequest, Provider } from '../types.ts';
import { type Http, openHttp } from './http.ts';

/** `${NAME}` in a header stands for an environment variable. */
const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Stand in the body for parts of a request; a text that is nothing else becomes the part itself. */
const PARTS = ['messages', 'last', 'system', 'tools', 'maxTokens', 'temperature', 'seed'] as const;

/** `tenet.http-model/1`, as users write it. */
export const httpModelSchema = z
  .strictObject({
    schema: z.literal('tenet.http-model/1'),
    name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u),
    version: z
      .string()
      .nullable()
      .default(null)
      .describe(
        'Change it when answers may change; without one they are never served to another process',
      ),
    url: z.string(),
    headers: z
      .record(z.string(), z.string())
      .default({})
      .describe('$' + '{NAME} stands for an environment variable'),
    body: z
      .json()
      .describe(`JSON in which {{${PARTS.join('}}, {{')}}} stand for parts of the request`),
    reply: z
      .string()
      .regex(/^(\/.*)?$/)
      .default('')
      .describe('JSON pointer to the text of the reply; empty: the whole body'),
  })
  .meta({ title: 'A model behind an HTTP address' });

export type HttpModel = z.output<typeof httpModelSchema>;

export type ReadHttpModel = { ok: true; model: HttpModel } | { ok: false; message: string };

/** The template in a file's text, or what is wrong with it. */
export function readHttpModel(text: string): ReadHttpModel {
  const document = parseDocument(text);
  const [broken] = document.errors;
  if (broken !== undefined) return { ok: false, message: broken.message };
  const read = httpModelSchema.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (!read.success) {
    const issue = read.error.issues[0];
    const place = issue?.path.join('.') ?? '';
    return {
      ok: false,
      message: `${place === '' ? '' : `${place}: `}${issue?.message ?? 'unknown form'}`,
    };
  }
  const { url } = read.data;
  const address = url.split('?')[0] ?? '';
  const check = checkBase(address);
  return check.ok ? { ok: true, model: read.data } : { ok: false, message: `url ${check.message}` };
}

const PROCESS = randomUUID();

export type OpenedTemplate = { ok: true; provider: Provider } | { ok: false; message: string };

/** A model behind an address. `label` is how the user named it. */
export function httpModelProvider(
  label: string,
  { name, version, url, headers, body, reply }: HttpModel,
  environment: Environment,
): OpenedTemplate {
  const used = new Set<string>();
  const missing: string[] = [];
  const set = Object.entries(headers).map(([header, value]) => [
    header,
    value.replace(VARIABLE, (_, variable: string) => {
      const found = environment[variable]?.trim();
      if (found === undefined || found === '') missing.push(variable);
      else used.add(found);
      return found ?? '';
    }),
  ]);
  if (missing.length > 0) {
    return { ok: false, message: `${label}: the environment variable ${missing[0]} is not set.` };
  }
  const { origin, pathname, search } = new URL(url);
  let http: Http | null = null;
  const model = version === null ? name : `${name}@${version}`;
  return {
    ok: true,
    provider: {
      name: { text: label, provider: 'http', model, options: {} },
      ...(version === null ? { recordedAs: `http:${name}#${PROCESS}` } : {}),
      account: `http ${origin}`,
      simulated: false,
      address: origin,
      complete: async (request, signal) => {
        http ??= openHttp(origin, Object.fromEntries(set), secretsOf(...used));
        const exchange = await http.post(
          `${pathname}${search}`,
          JSON.stringify(filled(body, request)),
          signal,
        );
        if (exchange.type === 'failure') return exchange;
        if (exchange.type === 'declined') return exchange.failure;
        return replyAt(reply, exchange.raw, label);
      },
      close: async () => {
        await http?.close();
        http = null;
      },
    },
  };
}

function replyAt(pointer: string, raw: string, label: string): Answer {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    if (pointer === '') return textReply(raw);
  }
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  if (typeof value === 'string') return { ...textReply(value), raw };
  const message = `${label}: there is no text at ${pointer === '' ? 'the top of the body' : pointer}`;
  return { type: 'failure', kind: 'malformed', message, transient: false, raw };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The body with parts of the request in their places. A part that the request has not is left out. */
function filled(template: unknown, request: ModelRequest): unknown {
  const parts = partsOf(request);
  if (typeof template === 'string') {
    const whole = /^\{\{(\w+)\}\}$/.exec(template)?.[1];
    if (whole !== undefined && Object.hasOwn(parts, whole)) return parts[whole];
    return template.replace(/\{\{(\w+)\}\}/g, (found, name: string) => {
      if (!Object.hasOwn(parts, name)) return found;
      const part = parts[name];
      return typeof part === 'string' ? part : JSON.stringify(part ?? null);
    });
  }
  if (Array.isArray(template)) return template.map((item) => filled(item, request));
  if (!isRecord(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [key, filled(value, request)]),
  );
}

function partsOf({ messages, tools, parameters }: ModelRequest): Record<string, unknown> {
  const system = messages.filter(({ role }) => role === 'system');
  return {
    messages: messages.map(({ role, content }) => ({ role, content })),
    last: messages.findLast(({ role }) => role === 'user')?.content ?? '',
    system: system.map(({ content }) => content).join('\n\n'),
    tools,
    maxTokens: parameters.maxTokens,
    temperature: parameters.temperature,
    seed: parameters.seed,
  };
}
