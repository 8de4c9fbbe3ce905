/**
 * @module model/call
 * The one way to call a model. Looks the question up in the record, otherwise asks: within the limits of the
 * account, the deadline and the budget, again where that can help. Nothing else in Tenet caches, retries or
 * keeps calls.
 */
import { setImmediate } from 'node:timers/promises';
import { type Breaker, createBreaker } from './breaker.ts';
import type { Budget } from './budget.ts';
import type { Lesson, Limiter } from './limiter.ts';
import { onAbort } from './on-abort.ts';
import { costOf, estimateRequestTokens, type Price } from './prices.ts';
import { type CallRecord, type CallStore, modelIdentity, requestHash } from './record.ts';
import type { Answer, Failure, ModelRequest, Provider } from './types.ts';

/** An answer and what it took; or word that the call was not made, and so is not recorded. */
export type CallResult =
  | { type: 'answered'; hash: string; answer: Answer; cost: number | null; fromRecord: boolean }
  | Stopped;

/** It was not made. */
export interface Stopped {
  type: 'stopped';
  reason: StopReason;
}

/** Why a call was not made. */
export interface StopReason {
  kind: 'interrupted' | 'budget' | 'breaker' | 'not_recorded';
  message: string;
}

export interface CallSettings {
  /** Milliseconds for one attempt, and for the call with all its attempts and waits. */
  attemptTimeout: number;
  deadline: number;
  attempts: number;
}

const DEFAULT_CALL_SETTINGS: CallSettings = {
  attemptTimeout: 120_000,
  deadline: 600_000,
  attempts: 6,
};

/** How many tokens a reply is taken to have for the budget, where the request sets no maximum. */
const ASSUMED_OUTPUT_TOKENS = 1_000;

const FIRST_WAIT = 500;
const LONGEST_WAIT = 60_000;

export interface Caller {
  /**
   * The answer to a request. Equal requests that are under way together are asked once. Resolves to `stopped`
   * when `signal` aborts, the budget is spent, or the model is asked no more; rejects only where the record
   * can't be written.
   *
   * @param isFollowUp whether it rests on an earlier reply, which is on disk before this is asked; false unless said
   */
  call(request: ModelRequest, signal: AbortSignal, isFollowUp?: boolean): Promise<CallResult>;
  /** The hash under which a request of this model is recorded. */
  hashOf(request: ModelRequest): string;
}

export interface CallerParts {
  provider: Provider;
  store: CallStore;
  limiter: Limiter;
  budget: Budget;
  price: Price | null;
  settings?: Partial<CallSettings>;
  /** Told of every answer that came over the wire, for counters. */
  observe?: (event: { answer: Answer; cost: number | null; attempts: number }) => void;
  /** Told before a question is asked again, with how long that waits and what went wrong. */
  waiting?: (event: { milliseconds: number; failure: Failure }) => void;
}

/** A caller for one model, with everything that stands between a request and its provider. */
export function createCaller(parts: CallerParts): Caller {
  const { provider, store } = parts;
  const identity = provider.recordedAs ?? modelIdentity(provider.name);
  const breaker = createBreaker(identity);
  const underWay = new Map<string, Promise<CallResult>>();

  const call: Caller['call'] = (request, signal, isFollowUp = false) => {
    const hash = requestHash(identity, request);
    const running = underWay.get(hash);
    if (running !== undefined) return running;
    const question = { hash, identity, request, signal };
    const answered = findOrAsk(question, isFollowUp).finally(() => underWay.delete(hash));
    underWay.set(hash, answered);
    return answered;
  };
  const findOrAsk = async (question: Question, isFollowUp: boolean): Promise<CallResult> => {
    const known = await store.find(question.hash, false);
    // Nothing is asked from a reply that could be lost.
    if (known === null && isFollowUp) await store.flush();
    return known === null ? await ask(parts, breaker, question) : recorded(known);
  };

  return { call, hashOf: (request) => requestHash(identity, request) };
}

/**
 * A caller that opens no socket: what is on record is answered, failures as they were; what is not is not asked.
 * @param identity what the model's calls are recorded under
 */
export function createOfflineCaller(identity: string, store: CallStore): Caller {
  const hashOf = (request: ModelRequest): string => requestHash(identity, request);
  return {
    hashOf,
    call: async (request) => {
      // Lets timers and signals have their turn, as a network would.
      await setImmediate();
      const known = await store.find(hashOf(request), true);
      if (known === null) return stopped('not_recorded', 'not all of its calls are on record');
      return recorded(known);
    },
  };
}

function recorded({ hash, answer, cost }: CallRecord): CallResult {
  return { type: 'answered', hash, answer, cost, fromRecord: true };
}

interface Question {
  hash: string;
  identity: string;
  request: ModelRequest;
  signal: AbortSignal;
}

async function ask(parts: CallerParts, breaker: Breaker, question: Question): Promise<CallResult> {
  const { budget, price, store } = parts;
  const settings = { ...DEFAULT_CALL_SETTINGS, ...parts.settings };
  const aside = expectedCost(price, question.request);
  if (!(await budget.reserve(aside))) return stopped('budget', budgetMessage(budget, aside));
  let settled = 0;
  try {
    const started = Date.now();
    const asked = await attempt(parts, breaker, question, settings);
    if (asked.type === 'stopped') return asked;
    const { answer, attempts } = asked;
    if (!(await failedBefore(store, question.hash, answer))) breaker.note(answer);
    const cost = answer.type === 'failure' ? 0 : costOf(price, answer.usage);
    settled = cost ?? aside;
    const { hash, identity: model, request } = question;
    const elapsed = Date.now() - started;
    await store.add({ hash, model, request, answer, cost, attempts, started, elapsed });
    parts.observe?.({ answer, cost, attempts });
    return { type: 'answered', hash, answer, cost, fromRecord: false };
  } finally {
    budget.settle(aside, settled);
  }
}

/**
 * Did this question fail in the same way in an earlier run? Then that is known of the question and says nothing
 * new of the model: a run of which only such questions are left must still come to its end.
 */
async function failedBefore(store: CallStore, hash: string, answer: Answer): Promise<boolean> {
  if (answer.type !== 'failure') return false;
  const earlier = (await store.find(hash, true))?.answer;
  return earlier?.type === 'failure' && earlier.kind === answer.kind;
}

type Attempted = { type: 'asked'; answer: Answer; attempts: number };

async function attempt(
  parts: CallerParts,
  breaker: Breaker,
  question: Question,
  settings: CallSettings,
): Promise<Attempted | Stopped> {
  const { provider, limiter } = parts;
  const { request, signal } = question;
  const deadline = performance.now() + settings.deadline;
  let troubles = 0;
  for (let attempts = 1; ; attempts++) {
    if (!(await limiter.acquire(signal))) return interrupted();
    const open = breaker.open();
    if (open !== null) {
      limiter.release({ type: 'neutral' });
      return stopped('breaker', open.message);
    }
    const left = deadline - performance.now();
    let lesson: Lesson = { type: 'neutral' };
    let answer: Answer;
    try {
      answer = await once(provider, request, signal, Math.min(settings.attemptTimeout, left));
      lesson = lessonOf(answer, attempts);
    } finally {
      limiter.release(lesson);
    }
    if (answer.type !== 'failure') return { type: 'asked', answer, attempts };
    if (signal.aborted) return interrupted();
    // Being asked to come back later is no trouble: only the deadline ends that.
    if (answer.kind !== 'rate_limit') troubles++;
    const wait = waitBefore(attempts, answer);
    const noMore =
      !answer.transient || troubles >= settings.attempts || performance.now() + wait >= deadline;
    if (noMore) return { type: 'asked', answer, attempts };
    parts.waiting?.({ milliseconds: wait, failure: answer });
    if (!(await pause(wait, signal))) return interrupted();
  }
}

async function once(
  provider: Provider,
  request: ModelRequest,
  signal: AbortSignal,
  timeout: number,
): Promise<Answer> {
  const controller = new AbortController();
  let late = false;
  const forget = onAbort(signal, () => controller.abort());
  const timer = setTimeout(
    () => {
      late = true;
      controller.abort();
    },
    Math.max(timeout, 1),
  );
  try {
    const answer = await provider.complete(request, controller.signal);
    if (!late || answer.type !== 'failure') return answer;
    return {
      type: 'failure',
      kind: 'timeout',
      transient: true,
      message: `${modelIdentity(provider.name)} gave no answer within ${(timeout / 1_000).toFixed(1)} s`,
    };
  } finally {
    clearTimeout(timer);
    forget();
  }
}

function lessonOf(answer: Answer, attempts: number): Lesson {
  if (answer.type !== 'failure') return { type: attempts === 1 ? 'clean' : 'neutral' };
  if (answer.kind === 'rate_limit') return { type: 'limited', retryAfter: answer.retryAfter };
  return { type: answer.transient ? 'trouble' : 'neutral' };
}

/** Doubles from half a second to a minute, spread by a half so that callers don't return in step. */
function waitBefore(attempts: number, failure: Failure): number {
  if (failure.retryAfter !== undefined) return failure.retryAfter;
  const whole = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1));
  return whole * (0.75 + Math.random() * 0.5);
}

/** Resolves to false where `signal` aborts before the time is up. */
function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      forget();
      resolve(true);
    }, milliseconds);
    const forget = onAbort(signal, () => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}

function expectedCost(price: Price | null, request: ModelRequest): number {
  if (price === null || (price.input === 0 && price.output === 0)) return 0;
  const output = request.parameters.maxTokens ?? ASSUMED_OUTPUT_TOKENS;
  return (estimateRequestTokens(request) * price.input + output * price.output) / 1e6;
}

function budgetMessage(budget: Budget, next: number): string {
  const dollars = (amount: number): string => `$${amount.toFixed(2)}`;
  return `${dollars(budget.spent)} of the budget of ${dollars(budget.ceiling ?? 0)} are spent, and the next call may cost up to ${dollars(next)}`;
}

function stopped(kind: StopReason['kind'], message: string): Stopped {
  return { type: 'stopped', reason: { kind, message } };
}

function interrupted(): Stopped {
  return stopped('interrupted', 'interrupted');
}
