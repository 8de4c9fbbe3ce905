/**
 * @module model/record
 * One call, one record: what was asked, what came back, what it cost, under the hash of what was asked.
 */
import { hash } from 'node:crypto';
import { textDigest } from './digest.ts';
import type { Answer, ModelName, ModelRequest } from './types.ts';

export interface CallRecord {
  /** sha256 (hexadecimal) of the canonical request; see `requestHash`. */
  hash: string;
  /** The model's name without options that change no answer. */
  model: string;
  request: ModelRequest;
  answer: Answer;
  /** US dollars; null where no price is known. */
  cost: number | null;
  attempts: number;
  /** Milliseconds since 1970. */
  started: number;
  /** Milliseconds from the first attempt to the answer, waiting included. */
  elapsed: number;
}

/** Where calls are looked up before they are made, and kept after. */
export interface CallStore {
  /**
   * The record of the call with this hash, or null. Only final answers are found; with `failures` also the last one
   * that failed, where there is no final one.
   */
  find(hash: string, failures: boolean): Promise<CallRecord | null>;
  /** Keeps a call. This process finds it at once; it is on disk in a moment. */
  add(record: CallRecord): Promise<void>;
  /** What was added is on disk when this settles. */
  flush(): Promise<void>;
}

/** Options that say how to reach a model or how long to wait, and so change no answer. */
const TRANSPORT_OPTIONS = new Set(['key', 'timeout', 'deadline', 'attempts', 'family']);

/** Options that are part of the request's parameters already. */
const PARAMETER_OPTIONS = new Set(['temperature', 'max_tokens']);

/** The part of a model's name that its answers depend on. */
export function modelIdentity(name: ModelName): string {
  const options = Object.entries(name.options)
    .filter(([key]) => !TRANSPORT_OPTIONS.has(key) && !PARAMETER_OPTIONS.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const query = options.map(([key, value]) => `${key}=${escaped(value)}`).join('&');
  return `${name.provider}:${name.model}${query === '' ? '' : `?${query}`}`;
}

/** Only what would be read as something else is escaped, so that an address stays readable. */
function escaped(value: string): string {
  return value.replace(/[%&=?#+\s]/g, encodeURIComponent);
}

/**
 * The name under which a call is remembered: sha256 over JSON of the model's identity and the request,
 * with keys in a fixed order, absent parts left out and long texts by their own sha256. Equal questions have
 * equal hashes across machines and versions of this program, so what stands below must never change.
 */
export function requestHash(model: string, request: ModelRequest): string {
  const canonical = {
    format: 1,
    model,
    messages: request.messages.map((message) => [
      message.role,
      shortened(message.content),
      message.name ?? null,
      message.recipient ?? null,
      message.toolCallId ?? null,
      message.toolCalls?.map((call) => [call.id, call.name, call.arguments]) ?? null,
    ]),
    tools: request.tools?.map((tool) => [
      tool.name,
      tool.description,
      canonicalJson(tool.parameters),
    ]),
    parameters: sorted(request.parameters),
    schema: request.schema && [request.schema.name, canonicalJson(request.schema.schema)],
    repeat: request.repeat,
  };
  return hash('sha256', JSON.stringify(canonical), 'hex');
}

/** Texts up to this length stand in the canonical request themselves. */
const LONGEST_PLAIN = 128;

function shortened(text: string): string {
  return text.length > LONGEST_PLAIN ? `sha256:${textDigest(text)}` : text;
}

const canonicalSchemas = new WeakMap<object, string>();

/** JSON with sorted keys; remembered for objects that come again with every call, such as a judge's schema. */
export function canonicalJson(value: object): string {
  const known = canonicalSchemas.get(value);
  if (known !== undefined) return known;
  const json = JSON.stringify(sorted(value));
  canonicalSchemas.set(value, json);
  return json;
}

/** A JSON value in which all keys stand in their order, so that equal values are equal texts. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
