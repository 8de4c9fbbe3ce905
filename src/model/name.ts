/**
 * @module model/name
 * `provider:model?key=value&…`: how a user names a model.
 */

import { list } from '../text/numbers.ts';
import { checkOption, commonOptions } from './options.ts';
import type { ModelName } from './types.ts';

export type ParsedName = { ok: true; name: ModelName } | Wrong;

interface Wrong {
  ok: false;
  message: string;
}

function wrong(message: string): Wrong {
  return { ok: false, message };
}

const wireProviders = ['openai', 'anthropic', 'google', 'mistral', 'ollama', 'vllm', 'compatible'];
const withResponses = new Set(['openai', 'compatible']);

/** Every provider that a name may begin with. */
export const providerNames: readonly string[] = [...wireProviders, 'sim'];

const simulatedKinds = ['subject', 'judge'];

/**
 * Takes a model's name apart and says what is wrong with it, if anything.
 *
 * @param text As the user wrote it.
 * @example
 * parseModelName('ollama:llama3.2:3b?timeout=60');
 */
export function parseModelName(text: string): ParsedName {
  const trimmed = text.trim();
  const colon = trimmed.indexOf(':');
  const provider = colon === -1 ? trimmed : trimmed.slice(0, colon);
  if (colon === -1 || !providerNames.includes(provider)) return unknownProvider(text, provider);

  const rest = trimmed.slice(colon + 1);
  const mark = rest.indexOf('?');
  const model = mark === -1 ? rest : rest.slice(0, mark);
  if (model === '') return wrong(`"${provider}:" lacks a model's name after the colon.`);
  if (/[\s\p{Cc}]/u.test(model)) {
    return wrong(`A model's name holds no spaces: ${JSON.stringify(model)}.`);
  }
  if (provider === 'sim' && !simulatedKinds.includes(model)) {
    const known = list(simulatedKinds.map((kind) => `sim:${kind}`));
    const hint = suggestion(model, simulatedKinds);
    return wrong(`"sim:${model}" is no simulated model.${hint} There are ${known}.`);
  }

  const options = parseOptions(provider, model, mark === -1 ? '' : rest.slice(mark + 1));
  if (!options.ok) return options;
  const { values } = options;
  const written = write(provider, model, values);
  return { ok: true, name: { text: written, provider, model, options: values } };
}

type ParsedOptions = { ok: true; values: Record<string, string> } | Wrong;

function parseOptions(provider: string, model: string, text: string): ParsedOptions {
  const allowed = optionsOf(provider);
  const values = new Map<string, string>();
  const fail = (message: string): Wrong => wrong(`${provider}:${model}: ${message}`);

  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const key = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? undefined : decode(pair.slice(equals + 1));
    // Values are not echoed where the option is unknown: somebody may have put a key there.
    if (key === undefined || key === '') return fail('an option is not percent-encoded properly.');
    if (allowed && !allowed.includes(key)) {
      return fail(
        `there is no option ${JSON.stringify(shorten(key))}.${suggestion(key, allowed)} Options are ${list(allowed)}.`,
      );
    }
    if (equals === -1) return fail(`the option "${key}" lacks a value: write ${key}=…`);
    if (value === undefined) return fail(`the value of "${key}" is not percent-encoded properly.`);
    if (values.has(key)) return fail(`the option "${key}" is given twice.`);
    if (allowed) {
      const check = checkOption(key, value);
      if (!check.ok) return fail(`${key} ${check.message}.`);
    }
    values.set(key, value);
  }
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1));
  return { ok: true, values: Object.fromEntries(sorted) };
}

/** Which options a provider takes; undefined where another room checks them. */
function optionsOf(provider: string): readonly string[] | undefined {
  if (provider === 'sim') return undefined;
  return withResponses.has(provider) ? [...commonOptions, 'api'] : commonOptions;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Encodes no more than must be, so that an address in a name stays readable. */
function encode(text: string): string {
  return text.replace(/[%&=?#+\s\p{Cc}]/gu, (character) => encodeURIComponent(character));
}

function write(provider: string, model: string, options: Record<string, string>): string {
  const pairs = Object.entries(options).map(([key, value]) => `${encode(key)}=${encode(value)}`);
  return `${provider}:${model}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}

function unknownProvider(text: string, provider: string): ParsedName {
  const all = `Providers are ${list(providerNames)}.`;
  if (text.trim() === '') return wrong(`A model's name is written provider:model. ${all}`);
  if (!text.includes(':')) {
    const given = JSON.stringify(shorten(text));
    return wrong(`${given} names no provider: write provider:model, such as openai:gpt-5. ${all}`);
  }
  const hint = suggestion(provider, providerNames);
  return wrong(`There is no provider ${JSON.stringify(shorten(provider))}.${hint} ${all}`);
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function suggestion(word: string, among: readonly string[]): string {
  const most = Math.max(2, Math.floor(word.length / 3));
  const [nearest] = among
    .map((candidate) => ({ candidate, apart: distance(word.toLowerCase(), candidate) }))
    .filter(({ apart }) => apart <= most)
    .toSorted((a, b) => a.apart - b.apart);
  return nearest === undefined ? '' : ` Did you mean "${nearest.candidate}"?`;
}

function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 8) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

export { familyOf } from './family.ts';
