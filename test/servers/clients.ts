/**
 * @module test/servers/clients
 * Each adapter with the server that speaks its protocol, for tests that hold for all of them.
 */

import assert from 'node:assert/strict';
import { parseModelName } from '../../src/model/name.ts';
import { openProvider } from '../../src/model/provider.ts';
import type { Answer, ModelRequest, Provider } from '../../src/model/types.ts';
import { startAnthropic } from './anthropic.ts';
import { startGoogle } from './google.ts';
import { startOpenai } from './openai.ts';
import type { ServerOptions, TestServer } from './server.ts';

/** A key that must never be seen again. */
export const testKey = 'sk-test-geheim0123456789';

export interface Client {
  /** Provider and model. */
  model: string;
  options?: string;
  start(options: ServerOptions): Promise<TestServer>;
}

/** Every adapter and protocol there is. */
export const clients: readonly Client[] = [
  { model: 'openai:gpt-5', start: startOpenai },
  { model: 'openai:gpt-5', options: 'api=responses', start: startOpenai },
  { model: 'vllm:qwen3', start: (options) => startOpenai({ ...options, dialect: 'lenient' }) },
  { model: 'anthropic:claude-sonnet-4-5', start: startAnthropic },
  { model: 'google:gemini-2.5-pro', start: startGoogle },
  {
    model: 'mistral:mistral-large',
    start: (options) => startOpenai({ ...options, dialect: 'mistral' }),
  },
];

/**
 * Opens a client's provider at an address.
 *
 * @param client Which.
 * @param base Where.
 * @param options More options for the model's name.
 */
export function connect(client: Client, base: string, options = ''): Provider {
  const query = [`base=${base}`, 'key=TEST_KEY', client.options ?? '', options]
    .filter(Boolean)
    .join('&');
  const parsed = parseModelName(`${client.model}?${query}`);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.message);
  const opened = openProvider(parsed.name, { TEST_KEY: testKey });
  assert.ok(opened.ok, opened.ok ? '' : opened.message);
  return opened.provider;
}

/**
 * A request with one message.
 *
 * @param content What the user says.
 * @param rest Whatever else the request holds.
 */
export function request(content: string, rest: Partial<ModelRequest> = {}): ModelRequest {
  return { messages: [{ role: 'user', content }], parameters: {}, repeat: 0, ...rest };
}

/**
 * Asks, and makes sure that the key is nowhere in the answer.
 *
 * @param provider Whom.
 * @param asked What.
 * @param signal When to stop.
 */
export async function ask(
  provider: Provider,
  asked: ModelRequest,
  signal: AbortSignal = AbortSignal.timeout(20_000),
): Promise<Answer> {
  const answer = await provider.complete(asked, signal);
  assert.ok(!JSON.stringify(answer).includes('geheim'), 'the key is in the answer');
  return answer;
}
