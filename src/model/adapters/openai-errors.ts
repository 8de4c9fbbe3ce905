/**
 * @module model/adapters/openai-errors
 * What the errors of OpenAI and of those who speak like it mean, beyond their status.
 */

import type { Answer, Refusal, Usage } from '../types.ts';
import { classify, type ErrorBody } from './failures.ts';
import type { Declined } from './http.ts';

const noUsage: Usage = { input: null, output: null };

const filterCodes = new Set([
  'content_filter',
  'content_policy_violation',
  'ResponsibleAIPolicyViolation',
  'moderation',
  'moderation_blocked',
]);

const quotaCodes = new Set([
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
]);

function isFilter(error: ErrorBody): boolean {
  if (error.codes.some((code) => filterCodes.has(code))) return true;
  // The code that OpenAI gives to flagged prompts is also given to prompts that are merely broken.
  return (
    error.codes.includes('invalid_prompt') && /flagged|usage polic|violat/i.test(error.message)
  );
}

/**
 * The answer that a declined request amounts to.
 *
 * @param declined From the transport.
 * @param api Which of the two protocols was spoken.
 */
export function readDeclined(declined: Declined, api: 'chat' | 'responses'): Answer {
  const { failure, error, raw } = declined;
  if (isFilter(error)) return filtered(error, raw, noUsage);
  if (error.codes.some((code) => quotaCodes.has(code))) {
    failure.transient = false;
    delete failure.retryAfter;
  }
  if (api === 'chat' && /v1\/responses|responses api/i.test(error.message)) {
    failure.message += " (Add ?api=responses to the model's name.)";
  }
  return failure;
}

/**
 * The answer that an error inside of a successful reply amounts to: gateways pass a failing
 * provider on that way, and the responses API reports a generation that failed midway.
 *
 * @param error The error.
 * @param address Where it came from.
 * @param raw The body, redacted.
 * @param usage What was spent nevertheless.
 */
export function bodyFailure(error: ErrorBody, address: string, raw: string, usage: Usage): Answer {
  if (isFilter(error)) return filtered(error, raw, usage);
  const isQuota = error.codes.some((code) => quotaCodes.has(code));
  const byStatus = classify(error.status ?? statusOf(error.codes));
  return {
    type: 'failure',
    ...byStatus,
    transient: byStatus.transient && !isQuota,
    ...(error.status !== undefined && { status: error.status }),
    message: `${address} reported an error: ${error.message}`,
    raw,
  };
}

function statusOf(codes: readonly string[]): number {
  if (codes.includes('rate_limit_exceeded')) return 429;
  if (codes.some((code) => code.startsWith('invalid_') || code === 'context_length_exceeded'))
    return 400;
  // An error of no known kind in the midst of a reply is the server's until proven otherwise.
  return 500;
}

function filtered(error: ErrorBody, raw: string, usage: Usage): Refusal {
  return { type: 'filtered', reason: error.message, usage, raw };
}
