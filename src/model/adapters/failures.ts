/**
 * @module model/adapters/failures
 * From an HTTP status, an error body or a broken connection to a `Failure` that says what happened,
 * where, and whether another attempt has a chance.
 */

import { isRecord, parsedJson, withoutUndefined } from '../json.ts';
import type { Answer, Failure, FailureKind } from '../types.ts';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The first value of a header, whose name is in lower case. */
export function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

// Replies come from strangers: what they say must not move a cursor or turn the direction of a line.
const unprintable = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * A stranger's words, short and harmless enough for one line of a terminal.
 *
 * @param text What the provider wrote.
 */
export function quote(text: string, most = 300): string {
  const line = text
    .slice(0, most * 4)
    .replace(unprintable, ' ')
    .trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
}

/**
 * How a status is to be understood.
 *
 * @param status An HTTP status that is not a success.
 */
export function classify(status: number): { kind: FailureKind; transient: boolean } {
  if (status === 429) return { kind: 'rate_limit', transient: true };
  if (status === 401 || status === 402 || status === 403 || status === 407) {
    return { kind: 'authentication', transient: false };
  }
  if (status === 408) return { kind: 'timeout', transient: true };
  if (status === 409 || status === 425) return { kind: 'server', transient: true };
  // 501 and 505 say that the server cannot do this at all.
  if (status >= 500) return { kind: 'server', transient: status !== 501 && status !== 505 };
  return { kind: 'request', transient: false };
}

/** What a provider's error body says, whichever protocol wrote it. */
export interface ErrorBody {
  message: string;
  /** Machine-readable words: code, type, status. */
  codes: readonly string[];
  /** Milliseconds to wait, where the body says it. */
  retryAfter?: number;
  /** The status that a gateway passes on inside of a reply. */
  status?: number;
}

/**
 * Reads an error body. Works for OpenAI's, Anthropic's, Google's, Mistral's and FastAPI's forms;
 * anything else is quoted as it is.
 *
 * @param raw The body, redacted.
 */
export function readErrorBody(raw: string): ErrorBody {
  return readError(parsedJson(raw)) ?? { message: quote(raw), codes: [] };
}

/**
 * The error inside of a parsed body, or undefined where there is none.
 *
 * @param body Any JSON value.
 */
export function readError(body: unknown): ErrorBody | undefined {
  // Google wraps the errors of some endpoints in a list of one.
  const outer = Array.isArray(body) ? body[0] : body;
  if (!isRecord(outer)) return undefined;
  const error = isRecord(outer.error) ? outer.error : outer;
  if (typeof outer.error === 'string') return { message: quote(outer.error), codes: [] };
  const message = error.message ?? error.detail ?? outer.message ?? outer.detail;
  if (message === undefined && error === outer) return undefined;
  const inner = isRecord(error.innererror) ? error.innererror.code : undefined;
  const codes = [error.code, error.type, error.status, inner].filter(
    (code) => typeof code === 'string',
  );
  const { metadata } = error;
  if (isRecord(metadata) && Array.isArray(metadata.reasons)) codes.push('moderation');
  return withoutUndefined({
    message: quote(typeof message === 'string' ? message : (JSON.stringify(message) ?? '')),
    codes,
    status: typeof error.code === 'number' ? error.code : undefined,
    retryAfter: googleRetryDelay(error.details),
  });
}

function googleRetryDelay(details: unknown): number | undefined {
  if (!Array.isArray(details)) return undefined;
  const delays = details.map((detail) => (isRecord(detail) ? detail.retryDelay : undefined));
  const first = delays.find((delay) => typeof delay === 'string');
  return first === undefined ? undefined : duration(first);
}

/**
 * Reads spans such as `20ms`, `1.5s`, `6m0s`, `1h2m3s`, in milliseconds.
 *
 * @param text The span.
 */
export function duration(text: string): number | undefined {
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/.exec(
    text.trim(),
  );
  if (!parts || text.trim() === '') return undefined;
  const [, hours = 0, minutes = 0, whole = 0, milliseconds = 0] = parts;
  return (
    Number(hours) * 3_600_000 +
    Number(minutes) * 60_000 +
    Math.round(Number(whole) * 1000 + Number(milliseconds))
  );
}

/**
 * How long the provider asks to wait, in milliseconds; undefined where it does not ask.
 *
 * @param headers Headers of the reply.
 * @param status Its status: rate-limit counters mean a wait only together with 429.
 * @param now The clock, for dates.
 */
export function retryAfter(headers: Headers, status: number, now = Date.now()): number | undefined {
  const exact = Number.parseFloat(header(headers, 'retry-after-ms') ?? '');
  if (exact >= 0) return Math.round(exact);

  const asked = header(headers, 'retry-after')?.trim();
  if (asked) {
    if (/^\d+(\.\d+)?$/.test(asked)) return Math.round(Number(asked) * 1000);
    // Only what names a month is a date: `Date.parse` finds one in "-5" as well.
    const until = /[A-Za-z]{3}/.test(asked) ? Date.parse(asked) : Number.NaN;
    if (!Number.isNaN(until)) {
      // The sender's own clock, where it is told: ours may be minutes off.
      const sent = Date.parse(header(headers, 'date') ?? '');
      return Math.max(0, until - (Number.isNaN(sent) ? now : sent));
    }
  }
  return status === 429 ? resetAfter(headers) : undefined;
}

function resetAfter(headers: Headers): number | undefined {
  const waits: number[] = [];
  let exhausted: number | undefined;
  for (const what of ['requests', 'tokens']) {
    const wait = duration(header(headers, `x-ratelimit-reset-${what}`) ?? '');
    if (wait === undefined) continue;
    waits.push(wait);
    if (header(headers, `x-ratelimit-remaining-${what}`) === '0') {
      exhausted = Math.max(exhausted ?? 0, wait);
    }
  }
  // A reset is when the allowance is full again. Where none is named as used up, the soonest is
  // the better guess: to wait for the other could cost minutes for nothing.
  return exhausted ?? (waits.length > 0 ? Math.min(...waits) : undefined);
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there; is the server running, and is the port right?',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host could not be looked up; is there a network?',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_CONNECT_TIMEOUT: 'the connection could not be opened in time',
  ETIMEDOUT: 'the connection could not be opened in time',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no network that leads there',
  EMFILE: 'this process has no file handles left; lower --concurrency or raise "ulimit -n"',
};

/**
 * A connection that failed or broke.
 *
 * @param error What the transport said.
 * @param address Where to.
 * @param received Bytes of the body that had arrived, or null where no reply had begun.
 */
export function networkFailure(error: unknown, address: string, received: number | null): Failure {
  const code = errorCode(error);
  const isTls = /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|HOSTNAME)/.test(code);
  let why = reasons[code] ?? quote(error instanceof Error ? error.message : String(error));
  if (isTls)
    why = `no trusted TLS connection (${code}): ${quote(String((error as Error).message))}`;
  if (received !== null) why = `the reply was cut off after ${received} bytes`;
  else if (!isTls && code !== '') why = `${why} (${code})`;
  return {
    type: 'failure',
    kind: 'network',
    message: `No answer from ${address}: ${why}.`.replace(/[.?]+\.$/, (end) => end[0] ?? '.'),
    // A certificate does not mend itself within a run; nor does a response that breaks HTTP.
    transient: !isTls && !breaksHttp(error),
  };
}

function breaksHttp(error: unknown): boolean {
  return error instanceof Error && (error.name === 'HTTPParserError' || breaksHttp(error.cause));
}

function errorCode(error: unknown): string {
  for (let current = error, depth = 0; depth < 5; depth++) {
    if (current instanceof AggregateError && current.errors.length > 0) {
      current = current.errors[0];
      continue;
    }
    if (!(current instanceof Error)) return '';
    if ('code' in current && typeof current.code === 'string') return current.code;
    current = current.cause;
  }
  return '';
}

/**
 * A call that was stopped before its answer came.
 *
 * @param signal The signal that stopped it.
 * @param address Where to.
 */
export function stoppedFailure(signal: AbortSignal, address: string): Failure {
  const isTimeout = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
  return {
    type: 'failure',
    kind: 'timeout',
    message: isTimeout
      ? `No answer from ${address} in the time allowed.`
      : `The call to ${address} was stopped before its answer came.`,
    transient: true,
  };
}

/**
 * A reply that is not what the protocol promises.
 *
 * @param address Where from.
 * @param what What is wrong with it, to follow "…".
 * @param raw The body, redacted.
 */
export function malformed(address: string, what: string, raw: string, transient = true): Failure {
  return { type: 'failure', kind: 'malformed', message: `${address} ${what}.`, transient, raw };
}

/**
 * What `read` makes of a body that is a JSON object, as every protocol here promises.
 *
 * @param raw The body, redacted.
 * @param address Where from.
 */
export function readObject(
  raw: string,
  address: string,
  read: (body: Record<string, unknown>) => Answer,
): Answer {
  const body = parsedJson(raw);
  if (body === undefined) return malformed(address, 'sent a body that is not valid JSON', raw);
  return isRecord(body) ? read(body) : malformed(address, 'sent JSON that is no object', raw);
}
