/**
 * @module model/name
 * `provider:model?key=value&…`: how a user names a model.
 */

import { checkOption, commonOptions } from './options.ts';
import type { ModelName } from './types.ts';

export type ParsedName = { ok: true; name: ModelName } | { ok: false; message: string };

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
  if (model === '')
    return { ok: false, message: `"${provider}:" lacks a model's name after the colon.` };
  if (/[\s\p{Cc}]/u.test(model)) {
    return { ok: false, message: `A model's name holds no spaces: ${JSON.stringify(model)}.` };
  }
  if (provider === 'sim' && !simulatedKinds.includes(model)) {
    return {
      ok: false,
      message: `"sim:${model}" is no simulated model.${suggestion(model, simulatedKinds)} There are ${list(simulatedKinds.map((kind) => `sim:${kind}`))}.`,
    };
  }

  const options = parseOptions(provider, model, mark === -1 ? '' : rest.slice(mark + 1));
  if (!options.ok) return options;
  return {
    ok: true,
    name: {
      text: write(provider, model, options.values),
      provider,
      model,
      options: options.values,
    },
  };
}

type ParsedOptions = { ok: true; values: Record<string, string> } | { ok: false; message: string };

function parseOptions(provider: string, model: string, text: string): ParsedOptions {
  const allowed = optionsOf(provider);
  const values = new Map<string, string>();
  const fail = (message: string): ParsedOptions => ({
    ok: false,
    message: `${provider}:${model}: ${message}`,
  });

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
  if (text.trim() === '') {
    return { ok: false, message: `A model's name is written provider:model. ${all}` };
  }
  if (!text.includes(':')) {
    return {
      ok: false,
      message: `${JSON.stringify(shorten(text))} names no provider: write provider:model, such as openai:gpt-5. ${all}`,
    };
  }
  return {
    ok: false,
    message: `There is no provider ${JSON.stringify(shorten(provider))}.${suggestion(provider, providerNames)} ${all}`,
  };
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function suggestion(word: string, among: readonly string[]): string {
  let nearest = '';
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of among) {
    const apart = distance(word.toLowerCase(), candidate);
    if (apart < least) {
      least = apart;
      nearest = candidate;
    }
  }
  return nearest === '' ? '' : ` Did you mean "${nearest}"?`;
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
