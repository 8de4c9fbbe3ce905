/**
 * @module model/adapters/openai-compatible
 * OpenAI, Ollama, vLLM and every server that speaks OpenAI's protocols, straight over HTTP: a call
 * costs a fraction of what it costs through an SDK, and raw bodies and log probabilities survive.
 */

import { readOptions } from '../options.ts';
import { secretsOf } from '../redact.ts';
import { placeMessages } from '../roles.ts';
import {
  type Answer,
  type ModelName,
  type ModelRequest,
  type Provider,
  unsupported,
} from '../types.ts';
import { type Dialect, readChat, writeChat } from './chat-completions.ts';
import { openHttp } from './http.ts';
import { readDeclined } from './openai-errors.ts';
import { readResponses, writeResponses } from './responses.ts';

export interface Connection {
  name: ModelName;
  account: string;
  base: string;
  key?: string;
}

/**
 * A provider that speaks OpenAI's protocols.
 *
 * @param connection Where it is and who asks.
 */
export function openaiCompatible(connection: Connection): Provider {
  const { name, account, base, key } = connection;
  const options = readOptions(name.options);
  const api = options.api ?? 'chat';
  const path = api === 'chat' ? '/chat/completions' : '/responses';
  const [write, read] = api === 'chat' ? [writeChat, readChat] : [writeResponses, readResponses];
  const { temperature, maxTokens } = options;
  const isOpenai = name.provider === 'openai';
  const dialect: Dialect = { model: name.model, isOpenai, temperature, maxTokens };
  const headers: Record<string, string> =
    key === undefined ? {} : { authorization: `Bearer ${key}` };
  const http = openHttp(base, headers, secretsOf(key));
  const address = http.address(path);

  async function complete(request: ModelRequest, signal: AbortSignal): Promise<Answer> {
    if (api === 'responses' && request.parameters.stop !== undefined) {
      return unsupported('the responses API has no stop sequences.');
    }
    const placed = placeMessages(name.provider, request.messages, request.tools);
    if ('unsupported' in placed) return unsupported(placed.unsupported);
    const exchange = await http.post(path, write(request, placed, dialect), signal);
    if (exchange.type === 'received') return read(exchange.raw, address);
    if (exchange.type === 'declined') return readDeclined(exchange, api);
    return exchange;
  }

  return { name, account, simulated: false, address: base, complete, close: () => http.close() };
}
