/**
 * @module model
 * One call to a model, whoever its provider is: names, providers, limits, budget, prices, and the record of what was
 * asked.
 *
 * @example
 * const parsed = parseModelName('ollama:llama3.2');
 * const opened = parsed.ok ? openProvider(parsed.name, process.env) : parsed;
 */
export { type Budget, createBudget } from './budget.ts';
export {
  type Caller,
  type CallerParts,
  type CallResult,
  type CallSettings,
  createCaller,
  createOfflineCaller,
  type StopReason,
} from './call.ts';
export { type CustomModel, defineProvider, type Supports } from './custom.ts';
export { familyOf } from './family.ts';
export { createLimiter, DEFAULT_BOUNDS, type Limiter } from './limiter.ts';
export { type ParsedName, parseModelName, providerNames } from './name.ts';
export { costOf, estimateTokens, type Price, priceOf } from './prices.ts';
export { type Environment, type OpenedProvider, openProvider } from './provider.ts';
export { type CallRecord, type CallStore, modelIdentity, requestHash } from './record.ts';
export type * from './types.ts';
