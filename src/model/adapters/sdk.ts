/**
 * @module model/adapters/sdk
 * Anthropic, Google and Mistral through the provider packages of the Vercel AI SDK, which know each
 * protocol and its models well.
 *
 * Of the SDK we use the providers' `doGenerate` and leave out `generateText`, which adds retries,
 * telemetry and steps that are not wanted here. The SDK's `fetch` is our own transport, so that
 * pooling, time, limits of size, redaction and the meaning of every failure are the same for all
 * providers; the SDK itself only sees successful replies. Processor time of one call with a 4 KB
 * prompt, on one machine: `generateText` over the global fetch 0.86 ms, `doGenerate` over it 0.50 ms,
 * `doGenerate` over our transport 0.14 ms.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import { readOptions } from '../options.ts';
import { secretsOf } from '../redact.ts';
import { placeMessages } from '../roles.ts';
import { type Answer, type ModelRequest, type Provider, unsupported } from '../types.ts';
import { malformed, quote, readObject } from './failures.ts';
import { type Http, openHttp } from './http.ts';
import type { Connection } from './openai-compatible.ts';
import { readSdkDeclined, readSdkResult } from './sdk-answers.ts';
import { type LanguageModel, type Omission, omissionsOf, writeOptions } from './sdk-request.ts';

/** What one call leaves behind on its way through the SDK, which passes on neither. */
interface Passage {
  signal: AbortSignal;
  omissions: Omission[];
  raw: string;
  address: string;
  /** The answer where the SDK has nothing to read: it is then made to give up. */
  answer?: Answer;
}

const passages = new AsyncLocalStorage<Passage>();
const givenUp = new Error('answered without the SDK');

/**
 * A provider behind the SDK.
 *
 * @param connection Where it is and who asks.
 */
export async function openSdk(connection: Connection): Promise<Provider> {
  const { name, account, base, key } = connection;
  // Never to the terminal, should a part of the SDK want to.
  (globalThis as { AI_SDK_LOG_WARNINGS?: boolean }).AI_SDK_LOG_WARNINGS = false;
  const http = openHttp(base, {}, secretsOf(key));
  const model = await openModel(connection, fetchThrough(http, name.provider, base));
  const options = readOptions(name.options);

  async function complete(request: ModelRequest, signal: AbortSignal): Promise<Answer> {
    const placed = placeMessages(name.provider, request.messages, request.tools);
    if ('unsupported' in placed) return unsupported(placed.unsupported);
    const parameters = { ...request.parameters };
    parameters.temperature ??= options.temperature;
    parameters.maxTokens ??= options.maxTokens;
    const passage: Passage = { signal, omissions: omissionsOf(parameters), raw: '', address: base };
    try {
      const result = await passages.run(passage, () =>
        model.doGenerate(writeOptions(placed, parameters, request.schema)),
      );
      return readSdkResult(name.provider, result, passage.raw, passage.address);
    } catch (error) {
      return passage.answer ?? misread(error, passage);
    }
  }

  return { name, account, simulated: false, address: base, complete, close: () => http.close() };
}

async function openModel(
  connection: Connection,
  fetch: typeof globalThis.fetch,
): Promise<LanguageModel> {
  const { name, base } = connection;
  const settings = { baseURL: base, apiKey: connection.key ?? '', fetch };
  switch (name.provider) {
    case 'anthropic': {
      const { createAnthropic } = await import('@ai-sdk/anthropic');
      return createAnthropic(settings)(name.model);
    }
    case 'google': {
      const { createGoogle } = await import('@ai-sdk/google');
      return createGoogle(settings)(name.model);
    }
    default: {
      const { createMistral } = await import('@ai-sdk/mistral');
      return createMistral(settings)(name.model);
    }
  }
}

function fetchThrough(http: Http, provider: string, base: string): typeof globalThis.fetch {
  return async (input, init) => {
    const passage = passages.getStore();
    if (!passage) throw new Error('a call outside of a passage');
    const body = String(init?.body ?? '');
    const omitted = passage.omissions.find(
      ({ marks }) => !marks.some((mark) => body.includes(mark)),
    );
    if (omitted) {
      // The SDK drops or trims what a model does not take, and the question would be another one.
      passage.answer = unsupported(`the model does not take ${omitted.what}.`);
      throw givenUp;
    }
    const path = String(input).slice(base.length);
    passage.address = http.address(path);
    const exchange = await http.post(
      path,
      body,
      passage.signal,
      init?.headers as Record<string, string>,
    );
    if (exchange.type === 'received') {
      passage.raw += passage.raw === '' ? exchange.raw : `\n${exchange.raw}`;
      return new Response(exchange.raw, { headers: { 'content-type': 'application/json' } });
    }
    passage.answer = exchange.type === 'declined' ? readSdkDeclined(provider, exchange) : exchange;
    throw givenUp;
  };
}

/** What the SDK could not send, or could not make sense of. */
function misread(error: unknown, { raw, address }: Passage): Answer {
  if (raw === '') {
    // Anything else would be a fault of ours, and must not pass for a limit of the provider's.
    if (!(error instanceof Error && /^AI_(Unsupported|Invalid)/.test(error.name))) throw error;
    return unsupported(quote(error.message));
  }
  return readObject(raw, address, ({ choices }) => {
    // What the SDK says here is about its own insides; the body itself is kept as evidence.
    const isEmpty = Array.isArray(choices) && choices.length === 0;
    const what = isEmpty
      ? 'sent a reply without a choice'
      : 'sent JSON in a form that is not expected';
    return malformed(address, what, raw);
  });
}
