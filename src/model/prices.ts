/**
 * @module model/prices
 * What calls cost. List prices in US dollars per million tokens, as the providers published them on the date
 * given; discounts, batches and long-context surcharges are not known here. A model that is not in the table
 * has no price, which is said, and never taken for zero.
 */
import * as z from 'zod';
import type { ModelName, ModelRequest, Usage } from './types.ts';

export const priceSchema = z.object({
  /** US dollars per million input tokens. */
  input: z.number().nonnegative(),
  /** US dollars per million output tokens, reasoning included. */
  output: z.number().nonnegative(),
  /** US dollars per million input tokens read from the provider's cache; the input price where absent. */
  cachedInput: z.number().nonnegative().optional(),
});

export type Price = z.infer<typeof priceSchema>;

/** The day on which the table below was last compared with the providers' pages. */
export const PRICES_AS_OF = '2025-11-30';

const LIST_PRICES: Readonly<Record<string, Price>> = {
  'openai:gpt-5.1': { input: 1.25, output: 10, cachedInput: 0.125 },
  'openai:gpt-5': { input: 1.25, output: 10, cachedInput: 0.125 },
  'openai:gpt-5-mini': { input: 0.25, output: 2, cachedInput: 0.025 },
  'openai:gpt-5-nano': { input: 0.05, output: 0.4, cachedInput: 0.005 },
  'openai:gpt-4.1': { input: 2, output: 8, cachedInput: 0.5 },
  'openai:gpt-4.1-mini': { input: 0.4, output: 1.6, cachedInput: 0.1 },
  'openai:gpt-4.1-nano': { input: 0.1, output: 0.4, cachedInput: 0.025 },
  'openai:gpt-4o': { input: 2.5, output: 10, cachedInput: 1.25 },
  'openai:gpt-4o-mini': { input: 0.15, output: 0.6, cachedInput: 0.075 },
  'openai:o3': { input: 2, output: 8, cachedInput: 0.5 },
  'openai:o4-mini': { input: 1.1, output: 4.4, cachedInput: 0.275 },
  'anthropic:claude-opus-4-5': { input: 5, output: 25, cachedInput: 0.5 },
  'anthropic:claude-opus-4-1': { input: 15, output: 75, cachedInput: 1.5 },
  'anthropic:claude-sonnet-4-5': { input: 3, output: 15, cachedInput: 0.3 },
  'anthropic:claude-sonnet-4': { input: 3, output: 15, cachedInput: 0.3 },
  'anthropic:claude-haiku-4-5': { input: 1, output: 5, cachedInput: 0.1 },
  'google:gemini-2.5-pro': { input: 1.25, output: 10, cachedInput: 0.125 },
  'google:gemini-2.5-flash': { input: 0.3, output: 2.5, cachedInput: 0.03 },
  'google:gemini-2.5-flash-lite': { input: 0.1, output: 0.4, cachedInput: 0.01 },
  'mistral:mistral-large-latest': { input: 2, output: 6 },
  'mistral:mistral-medium-latest': { input: 0.4, output: 2 },
  'mistral:mistral-small-latest': { input: 0.1, output: 0.3 },
};

/** Models on one's own machine, and models that are only planted: nobody sends a bill by the token. */
const FREE_PROVIDERS = new Set(['ollama', 'vllm', 'sim']);

/** `-2025-08-07`, `-20250929`: a dated name of the same model. */
const DATED = /-(?:\d{4}-\d{2}-\d{2}|\d{8})$/;

/**
 * The price of a model, or null where it is not known. `own` prices, by `provider:model`, win over the table.
 */
export function priceOf(name: ModelName, own: Readonly<Record<string, Price>> = {}): Price | null {
  const exact = `${name.provider}:${name.model}`;
  const undated = exact.replace(DATED, '');
  const known = own[exact] ?? own[undated] ?? LIST_PRICES[exact] ?? LIST_PRICES[undated];
  if (known !== undefined) return known;
  return FREE_PROVIDERS.has(name.provider) ? { input: 0, output: 0 } : null;
}

/** US dollars for these tokens; null where the price or a token count is unknown. */
export function costOf(price: Price | null, usage: Usage): number | null {
  if (price === null) return null;
  if (price.input === 0 && price.output === 0) return 0;
  if (usage.input === null || usage.output === null) return null;
  const cached = Math.min(usage.cachedInput ?? 0, usage.input);
  const fresh = usage.input - cached;
  const cachedPrice = price.cachedInput ?? price.input;
  return (fresh * price.input + cached * cachedPrice + usage.output * price.output) / 1e6;
}

/**
 * About how many tokens a text has: UTF-8 bytes / 4 for the Latin script, where English prose has some 4.5 to a
 * token, and one token for each character of scripts that need it. Meant to be a little high.
 */
export function estimateTokens(text: string): number {
  let wide = 0;
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 0x2e80) wide++;
  }
  return Math.ceil((text.length - wide) / 4 + wide);
}

/** Tokens of a request's messages, tools and schema; every message adds a few for its frame. */
export function estimateRequestTokens(request: ModelRequest): number {
  let tokens = 3;
  for (const message of request.messages) tokens += estimateTokens(message.content) + 4;
  if (request.tools !== undefined) tokens += estimateTokens(JSON.stringify(request.tools));
  if (request.schema !== undefined) tokens += estimateTokens(JSON.stringify(request.schema));
  return tokens;
}
