/**
 * @module model/adapters/http-template
 * A model behind any HTTP address that takes and gives JSON: what is sent and where the reply stands are said in a
 * template, a small YAML file.
 */
import { randomUUID } from 'node:crypto';
import { parse } from 'yaml';
import * as z from 'zod';
import { NAME } from '../custom.ts';
import { isRecord, issueText, parsedJson } from '../json.ts';
import { checkBase } from '../options.ts';
import type { Environment } from '../provider.ts';
import { secretsOf } from '../redact.ts';
import { type Answer, type ModelRequest, type Provider, textReply, unsupported } from '../types.ts';
import { type Http, openHttp } from './http.ts';

/** `${NAME}` in a header or behind the host of the address stands for an environment variable. */
const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Headers and parameters of these names hold secrets, however they are written. */
const SECRET = /auth|key|token|secret|cookie|password|signature/i;

/** Stand in the body for parts of a request; a text that is nothing else becomes the part itself. */
const PARTS = ['messages', 'last', 'system', 'maxTokens', 'temperature', 'seed'] as const;

const PLACEHOLDER = /\{\{(\w+)\}\}/g;

const ENVIRONMENT = '$' + '{NAME} stands for an environment variable';

/** `tenet.http-model/1`, as users write it. */
export const httpModelSchema = z
  .strictObject({
    schema: z.literal('tenet.http-model/1'),
    name: z.string().regex(NAME),
    version: z
      .string()
      .regex(NAME)
      .nullable()
      .default(null)
      .describe(
        'Change it when answers may change; without one they are never served to another process',
      ),
    url: z.string().describe(`http or https; ${ENVIRONMENT}`),
    headers: z.record(z.string(), z.string()).default({}).describe(ENVIRONMENT),
    body: z
      .json()
      .describe(`JSON in which {{${PARTS.join('}}, {{')}}} stand for parts of the request`),
    reply: z
      .string()
      .regex(/^(\/.*)?$/)
      .default('')
      .describe('JSON pointer to the text of the reply; empty: the body is a JSON string'),
  })
  .meta({ title: 'A model behind an HTTP address' });

export type HttpModel = z.output<typeof httpModelSchema>;

export type ReadHttpModel = { ok: true; model: HttpModel } | { ok: false; message: string };

/** The template in a file's text, or what is wrong with it. */
export function readHttpModel(text: string): ReadHttpModel {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    // Below the first line, the parser draws a picture of the place.
    const [message = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return { ok: false, message: message.replace(/:$/, '') };
  }
  const read = httpModelSchema.safeParse(value);
  if (!read.success) return { ok: false, message: issueText(read.error) };
  const check = checkBase(read.data.url.split('?')[0] ?? '');
  if (!check.ok) return { ok: false, message: `url ${check.message}` };
  if (/^\w+:\/\/[^/?#]*\$\{/.test(read.data.url)) {
    return { ok: false, message: 'url must name its host; variables stand behind it' };
  }
  const wrong = partProblem(placeholdersIn(read.data.body));
  return wrong === null ? { ok: true, model: read.data } : { ok: false, message: `body ${wrong}` };
}

function partProblem(placed: ReadonlySet<string>): string | null {
  const known: ReadonlySet<string> = new Set(PARTS);
  const unknown = [...placed].find((name) => !known.has(name));
  const all = `There are {{${PARTS.join('}}, {{')}}}.`;
  if (unknown !== undefined) return `holds {{${unknown}}}, and there is no such part. ${all}`;
  const isAsked = placed.has('messages') || placed.has('last');
  return isAsked ? null : 'holds neither {{messages}} nor {{last}}, so nothing would be asked';
}

function placeholdersIn(body: unknown): Set<string> {
  if (typeof body === 'string') {
    return new Set([...body.matchAll(PLACEHOLDER)].map(([, name = '']) => name));
  }
  const inner = isObject(body) ? Object.values(body) : [];
  return new Set(inner.flatMap((value) => [...placeholdersIn(value)]));
}

/** The environment variables that a template names. */
export function variablesOf({ url, headers }: HttpModel): string[] {
  const texts = [url, ...Object.values(headers)];
  return texts.flatMap((text) => [...text.matchAll(VARIABLE)].map(([, name = '']) => name));
}

const PROCESS = randomUUID();

export type OpenedTemplate = { ok: true; provider: Provider } | { ok: false; message: string };

/** A model behind an address. `label` is how the user named it. */
export function httpModelProvider(
  label: string,
  template: HttpModel,
  environment: Environment,
): OpenedTemplate {
  const { name, version, url, headers, body, reply } = template;
  const variables = new Map<string, string>();
  for (const variable of variablesOf(template)) {
    const value = environment[variable]?.trim() ?? '';
    // A header takes nothing but these signs, and the transport's own complaint would print it.
    if (!/^[\x20-\x7e]+$/.test(value)) {
      const why =
        value === ''
          ? 'is not set, and the template needs it'
          : 'holds characters that no header has';
      return { ok: false, message: `${label}: the environment variable ${variable} ${why}.` };
    }
    variables.set(variable, value);
  }
  const fill = (text: string, write = (value: string) => value): string =>
    text.replace(VARIABLE, (_, variable: string) => write(variables.get(variable) ?? ''));
  const { origin, pathname, search } = new URL(fill(url, encodeURIComponent));
  const sent = Object.entries(headers).map(([header, value]): [string, string] => {
    return [header, fill(value)];
  });
  const parameters = [...new URLSearchParams(search)];
  const named = [...sent, ...parameters].filter(([key]) => SECRET.test(key));
  const secrets = secretsOf(...variables.values(), ...named.flatMap(([, value]) => wordsOf(value)));
  const placed = placeholdersIn(body);
  const model = version === null ? name : `${name}@${version}`;
  let http: Http | null = null;
  return {
    ok: true,
    provider: {
      name: { text: label, provider: 'http', model, options: {} },
      ...(version === null ? { recordedAs: `http:${name}#${PROCESS}` } : {}),
      account: `http ${origin}`,
      simulated: false,
      address: origin,
      complete: async (request, signal) => {
        const refused = unplaced(request, placed);
        if (refused !== null) return unsupported(`${label}: ${refused}`);
        http ??= openHttp(origin, Object.fromEntries(sent), secrets);
        const filled = JSON.stringify(filledWith(body, partsOf(request)));
        const exchange = await http.post(`${pathname}${search}`, filled, signal);
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

/** `Bearer abc`: the words of a header, each of which may be the secret. */
function wordsOf(value: string): string[] {
  return [value, ...value.split(/\s+/)];
}

/** What of a request the template has no place for; to leave it out would ask something else. */
function unplaced(
  { messages, tools = [] }: ModelRequest,
  placed: ReadonlySet<string>,
): string | null {
  if (tools.length > 0 || messages.some(({ role, toolCalls }) => role === 'tool' || toolCalls)) {
    return 'a template has no place for tools';
  }
  if (placed.has('messages')) return null;
  const turns = messages.filter(({ role }) => role !== 'system');
  if (turns.length < messages.length && !placed.has('system')) {
    return 'the template has no place for a system prompt: {{system}} or {{messages}}';
  }
  const [only, ...more] = turns;
  if (more.length === 0 && only?.role === 'user') return null;
  return 'the template has a place for one question only: {{messages}} takes a conversation';
}

function replyAt(pointer: string, raw: string, label: string): Answer {
  const missing = (what: string): Answer => {
    const message = `${label}: ${what}`;
    return { type: 'failure', kind: 'malformed', message, transient: false, raw };
  };
  let value = parsedJson(raw);
  if (value === undefined) return missing('the body is no JSON');
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  if (typeof value === 'string') return { ...textReply(value), raw };
  return missing(`there is no text at ${pointer === '' ? 'the top of the body' : pointer}`);
}

/** An object, or a list, whose keys are its places. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The body with parts of the request in their places. A part that the request has not is left out. */
function filledWith(template: unknown, parts: Readonly<Record<string, unknown>>): unknown {
  if (typeof template === 'string') {
    const whole = /^\{\{(\w+)\}\}$/.exec(template)?.[1];
    if (whole !== undefined) return parts[whole];
    return template.replace(PLACEHOLDER, (_, name: string) => {
      const part = parts[name];
      return typeof part === 'string' ? part : JSON.stringify(part ?? null);
    });
  }
  if (Array.isArray(template)) return template.map((item) => filledWith(item, parts));
  if (!isRecord(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [key, filledWith(value, parts)]),
  );
}

function partsOf({ messages, parameters }: ModelRequest): Record<string, unknown> {
  const system = messages.filter(({ role }) => role === 'system');
  return {
    messages: messages.map(({ role, content }) => ({ role, content })),
    last: messages.findLast(({ role }) => role === 'user')?.content ?? '',
    system: system.map(({ content }) => content).join('\n\n'),
    maxTokens: parameters.maxTokens,
    temperature: parameters.temperature,
    seed: parameters.seed,
  };
}
