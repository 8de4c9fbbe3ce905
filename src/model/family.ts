/**
 * @module model/family
 * Who made a model, as far as its name tells. A judge of the subject's own family is a weak witness,
 * and the same model goes by many names: `anthropic:claude-…`, `compatible:anthropic/claude-…`.
 */

import type { ModelName } from './types.ts';

/** Patterns run on the model's name in lower case; the one that matches furthest to the left wins. */
const patterns: readonly [family: string, pattern: RegExp][] = [
  [
    'openai',
    /\bgpt(?!4all)-?(?=[3-9]|oss)|\bchatgpt|\bo[1-9]\d*(?=$|[-:@])|\bcodex|\btext-davinci|\bopenai\b/,
  ],
  ['anthropic', /\bclaude|\banthropic\b/],
  ['google', /\bgemini|\bgemma|\bgoogle\b/],
  ['meta', /\b(meta-)?llama|\bcodellama/],
  ['mistral', /\b(open-)?mi[sx]tral|\bministral|\bmagistral|\bcodestral|\bdevstral|\bpixtral/],
  ['qwen', /\bqwen|\bqwq|\bqvq/],
  ['deepseek', /\bdeepseek/],
  ['xai', /\bgrok|\bx-ai\b/],
  ['cohere', /\bcommand-|\bcohere\b|\baya-/],
  ['microsoft', /\bphi-?\d|\bmicrosoft\b/],
  ['zhipu', /\bglm-|\bchatglm|\bz-ai\b/],
  ['moonshot', /\bkimi|\bmoonshot/],
  ['minimax', /\bminimax/],
  ['nvidia', /\bnemotron|\bnvidia\b/],
  ['ibm', /\bgranite|\bibm\b/],
  ['allenai', /\bolmo|\btulu|\ballenai\b/],
  ['amazon', /\bnova-(micro|lite|pro|premier)|\bamazon\b/],
];

const makers = new Set(['openai', 'anthropic', 'google', 'mistral']);

/**
 * The family of a model, or null where nobody can tell.
 *
 * A `family=` option wins; then the name itself, the leftmost match first, so that
 * `deepseek-r1-distill-llama` counts as deepseek's; then the provider, where it serves its own
 * models at its own address.
 *
 * @param name A parsed name.
 */
export function familyOf(name: ModelName): string | null {
  if (name.provider === 'sim') return null;
  if (name.options.family !== undefined) return name.options.family;
  const model = name.model.toLowerCase();
  let found: string | null = null;
  let leftmost = Number.POSITIVE_INFINITY;
  for (const [family, pattern] of patterns) {
    const at = model.search(pattern);
    if (at !== -1 && at < leftmost) {
      leftmost = at;
      found = family;
    }
  }
  if (found !== null) return found;
  return makers.has(name.provider) && name.options.base === undefined ? name.provider : null;
}
