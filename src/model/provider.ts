/**
 * @module model/provider
 * From a model's name and the environment to something that can be asked.
 */

import { createHash } from 'node:crypto';
import type { Connection } from './adapters/openai-compatible.ts';
import { checkBase, readOptions } from './options.ts';
import { redact, secretsOf } from './redact.ts';
import type { Answer, ModelName, ModelRequest, Provider } from './types.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type OpenedProvider = { ok: true; provider: Provider } | { ok: false; message: string };

/** Where a provider is found, and what it wants to see. Data, so that the documentation can print it. */
export interface ProviderPlace {
  /** Environment variables that may hold the key, the first that is set wins. */
  keys: readonly string[];
  needsKey: boolean;
  /** Environment variable that moves the address. */
  baseVariable?: string;
  /** Its path is also put behind another address that has none of its own. */
  base?: string;
}

/** Providers with a wire, by name. */
export const providerPlaces: Readonly<Record<string, ProviderPlace>> = {
  openai: {
    keys: ['OPENAI_API_KEY'],
    needsKey: true,
    baseVariable: 'OPENAI_BASE_URL',
    base: 'https://api.openai.com/v1',
  },
  anthropic: {
    keys: ['ANTHROPIC_API_KEY'],
    needsKey: true,
    baseVariable: 'ANTHROPIC_BASE_URL',
    base: 'https://api.anthropic.com/v1',
  },
  google: {
    keys: ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY'],
    needsKey: true,
    base: 'https://generativelanguage.googleapis.com/v1beta',
  },
  mistral: {
    keys: ['MISTRAL_API_KEY'],
    needsKey: true,
    base: 'https://api.mistral.ai/v1',
  },
  ollama: {
    keys: ['OLLAMA_API_KEY'],
    needsKey: false,
    baseVariable: 'OLLAMA_HOST',
    base: 'http://127.0.0.1:11434/v1',
  },
  vllm: {
    keys: ['VLLM_API_KEY'],
    needsKey: false,
    baseVariable: 'VLLM_BASE_URL',
    base: 'http://127.0.0.1:8000/v1',
  },
  compatible: { keys: ['COMPATIBLE_API_KEY'], needsKey: false },
};

/**
 * Opens the model of a name. No connection is made before the first call.
 *
 * @param name From `parseModelName`.
 * @param environment Where keys and addresses are looked up.
 * @param simulated Makes the models of `sim:`.
 * @example
 * const parsed = parseModelName('ollama:llama3.2');
 * if (parsed.ok) openProvider(parsed.name, process.env);
 */
export function openProvider(
  name: ModelName,
  environment: Environment,
  simulated?: (name: ModelName) => OpenedProvider,
): OpenedProvider {
  const fail = (message: string): OpenedProvider => {
    return { ok: false, message: `${name.text}: ${message}` };
  };
  if (name.provider === 'sim') {
    return simulated ? simulated(name) : fail('simulated models are not available here.');
  }
  const place = providerPlaces[name.provider];
  if (!place) return fail(`there is no provider "${name.provider}".`);

  const base = findBase(name, place, environment);
  if (!base.ok) return fail(base.message);
  const key = findKey(name, place, environment);
  if (!key.ok) return fail(key.message);
  const connection: Connection = {
    name,
    account: accountOf(name.provider, base.value, key.value),
    base: base.value,
    ...(key.value !== undefined && { key: key.value }),
  };
  return { ok: true, provider: openLater(connection) };
}

/**
 * Opens a connection's adapter at the first call. The libraries behind the adapters take a tenth of
 * a second to load, which no command should wait for that asks nobody.
 */
function openLater(connection: Connection): Provider {
  let opening: Promise<Provider> | undefined;
  let opened: Provider | undefined;
  const complete = async (request: ModelRequest, signal: AbortSignal): Promise<Answer> => {
    try {
      if (opened === undefined) {
        opening ??= open(connection);
        opened = await opening;
      }
      return await opened.complete(request, signal);
    } catch (error) {
      // The last line of "must not reject": a fault of our own ends one call, not the run.
      const why = redact(String(error), secretsOf(connection.key));
      const message = `${connection.name.text}: the call could not be made: ${why}`;
      return { type: 'failure', kind: 'request', message, transient: false };
    }
  };
  const { name, account } = connection;
  const close = async () => {
    // Where opening failed, each call has said so, and there is nothing to close.
    const provider = await opening?.catch(() => undefined);
    await provider?.close();
  };
  return { name, account, simulated: false, address: connection.base, complete, close };
}

async function open(connection: Connection): Promise<Provider> {
  switch (connection.name.provider) {
    case 'anthropic':
    case 'google':
    case 'mistral': {
      const { openSdk } = await import('./adapters/sdk.ts');
      return openSdk(connection);
    }
    default: {
      const { openaiCompatible } = await import('./adapters/openai-compatible.ts');
      return openaiCompatible(connection);
    }
  }
}

type Found<T> = { ok: true; value: T } | { ok: false; message: string };

function findKey(
  name: ModelName,
  place: ProviderPlace,
  environment: Environment,
): Found<string | undefined> {
  const named = name.options.key;
  const variables = named === undefined ? place.keys : [named];
  for (const variable of variables) {
    const key = environment[variable]?.trim();
    if (!key) continue;
    // A header takes nothing else, and the transport's own complaint would print the key.
    if (!/^[\x21-\x7e]+$/.test(key)) {
      return { ok: false, message: `the key in ${variable} holds characters that no key has.` };
    }
    return { ok: true, value: key };
  }
  if (named !== undefined || place.needsKey) {
    const hint = named === undefined ? ', or name another one with key=' : '';
    const message = `there is no key. Set the environment variable ${variables.join(' or ')}${hint}.`;
    return { ok: false, message };
  }
  return { ok: true, value: undefined };
}

function findBase(name: ModelName, place: ProviderPlace, environment: Environment): Found<string> {
  const option = readOptions(name.options).base;
  if (option !== undefined) return { ok: true, value: withPath(option, place) };
  const variable = place.baseVariable;
  const set = variable === undefined ? undefined : environment[variable]?.trim();
  if (variable !== undefined && set) {
    const address = variable === 'OLLAMA_HOST' ? ollamaAddress(set) : set;
    const check = checkBase(address);
    if (!check.ok) return { ok: false, message: `${variable} ${check.message}.` };
    return { ok: true, value: withPath(address, place) };
  }
  if (place.base !== undefined) return { ok: true, value: place.base };
  const message = 'it needs an address: add base=, such as ?base=http://127.0.0.1:8000/v1';
  return { ok: false, message };
}

function withPath(address: string, { base }: ProviderPlace): string {
  const { origin, pathname } = new URL(address);
  const own = pathname.replace(/\/+$/, '');
  const usual = base === undefined ? '' : new URL(base).pathname;
  return `${origin}${own === '' ? usual : own}`;
}

/** Ollama's variable also says where its server listens: without a scheme, and on every interface. */
function ollamaAddress(host: string): string {
  const hasScheme = /^https?:\/\//.test(host);
  const url = URL.parse(hasScheme ? host : `http://${host}`);
  if (!url) return host;
  if (!hasScheme && url.port === '') url.port = '11434';
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  if (url.hostname === '[::]') url.hostname = '[::1]';
  return url.href;
}

function accountOf(provider: string, base: string, key: string | undefined): string {
  const { origin } = new URL(base);
  const mark =
    key === undefined ? 'no key' : createHash('sha256').update(key).digest('hex').slice(0, 8);
  return `${provider} ${origin} ${mark}`;
}
