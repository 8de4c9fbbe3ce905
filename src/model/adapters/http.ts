/**
 * @module model/adapters/http
 * One POST of JSON, one body of JSON back, over a pool of kept-alive connections. Whatever goes
 * wrong comes back as a `Failure`: nothing here throws, retries or follows a redirect, since a
 * redirect would carry the key to an address that the user has not named.
 */

import { isUtf8 } from 'node:buffer';
// The pool alone: the whole library takes 50 ms more to load, which every first call would wait for.
import Pool from 'undici/lib/dispatcher/pool.js';
import { redact, redactBody } from '../redact.ts';
import type { Failure } from '../types.ts';
import {
  classify,
  type ErrorBody,
  type Headers,
  header,
  malformed,
  networkFailure,
  quote,
  readErrorBody,
  retryAfter,
  stoppedFailure,
} from './failures.ts';

/** A body that is JSON by its headers; `raw` is redacted. */
export interface Received {
  type: 'received';
  status: number;
  raw: string;
}

/** A refusal by status, with the body taken apart, so that an adapter may know better what it means. */
export interface Declined {
  type: 'declined';
  failure: Failure;
  error: ErrorBody;
  raw: string;
}

export type Exchange = Received | Declined | Failure;

export interface Http {
  /** Headers are added to those of the pool. */
  post(
    path: string,
    body: string,
    signal: AbortSignal,
    headers?: Record<string, string>,
  ): Promise<Exchange>;
  /** Where a path leads, as messages name it. */
  address(path: string): string;
  close(): Promise<void>;
}

/** No reply of a model is longer; what is longer would fill the memory. */
const mostBytes = 64 * 1024 * 1024;
/** Error pages are kept as evidence, but not without end. */
const mostErrorCharacters = 64 * 1024;

/**
 * Opens a pool to one origin.
 *
 * @param base Address that paths are put behind.
 * @param headers Sent with each request.
 * @param secrets What must not come back out.
 */
export function openHttp(
  base: string,
  headers: Record<string, string>,
  secrets: readonly string[],
): Http {
  const url = new URL(base);
  const prefix = url.pathname.replace(/\/+$/, '');
  const pool = new Pool(url.origin, {
    // The limiter above decides how many calls are in flight; a second bound here would only hide
    // from it how long a call really takes.
    connections: null,
    pipelining: 1,
    // Time is kept by the caller's signal alone.
    headersTimeout: 0,
    bodyTimeout: 0,
    // One connection a call keeps a cut connection to one lost call, and latency honest.
    allowH2: false,
  });
  const allHeaders = {
    'content-type': 'application/json',
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'tenet',
    ...headers,
  };
  const address = (path: string) => `${url.origin}${prefix}${path}`;

  return {
    address,
    post: (path, body, signal, extra) =>
      exchange({
        pool,
        path: `${prefix}${path}`,
        address: address(path),
        headers: extra === undefined ? allHeaders : { ...allHeaders, ...extra },
        body,
        signal,
        secrets,
      }),
    close: () => pool.destroy(),
  };
}

interface Call {
  pool: Pool;
  path: string;
  address: string;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
  secrets: readonly string[];
}

// `dispatch` with a handler of our own rather than `request`: no stream is built for each body,
// which halves the cost of a call.
function exchange(call: Call): Promise<Exchange> {
  const { signal, address } = call;
  if (signal.aborted) return Promise.resolve(stoppedFailure(signal, address));
  return new Promise((resolve) => {
    let status = 0;
    let headers: Headers = {};
    let size = 0;
    let isDone = false;
    const chunks: Buffer[] = [];
    let cancel: ((reason: Error) => void) | undefined;

    const finish = (result: Exchange) => {
      if (isDone) return;
      isDone = true;
      signal.removeEventListener('abort', onAbort);
      resolve(result);
    };
    const drop = () => cancel?.(new Error('no longer wanted'));
    const onAbort = () => {
      finish(stoppedFailure(signal, address));
      drop();
    };
    signal.addEventListener('abort', onAbort, { once: true });

    try {
      call.pool.dispatch(
        { method: 'POST', path: call.path, headers: call.headers, body: call.body },
        {
          onRequestStart(controller) {
            cancel = (reason) => controller.abort(reason);
            if (isDone) drop();
          },
          onResponseStart(_controller, statusCode, responseHeaders) {
            status = statusCode;
            headers = responseHeaders;
          },
          onResponseData(_controller, chunk) {
            size += chunk.length;
            if (size <= mostBytes) {
              chunks.push(chunk);
              return;
            }
            const what = `sent a reply of more than ${mostBytes / 1024 / 1024} MB`;
            finish(malformed(address, what, '', false));
            drop();
          },
          onResponseEnd() {
            const result = weigh(call, status, headers, chunks, size);
            signal.removeEventListener('abort', onAbort);
            // The pool takes the connection back in the next turn. Whoever asks again as soon as
            // this resolves should find it there, and not open yet another one.
            queueMicrotask(() => setImmediate(finish, result));
          },
          onResponseError(_controller, error) {
            const failure = networkFailure(error, address, status === 0 ? null : size);
            if (status !== 0)
              failure.raw = redactBody(Buffer.concat(chunks).toString(), call.secrets);
            failure.message = redact(failure.message, call.secrets);
            finish(failure);
          },
        },
      );
    } catch (error) {
      finish(networkFailure(error, address, null));
    }
  });
}

function weigh(
  call: Call,
  status: number,
  headers: Headers,
  chunks: Buffer[],
  size: number,
): Exchange {
  const { address, secrets } = call;
  const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size);
  const raw = redactBody(bytes.toString(), secrets);
  if (status >= 300 && status < 400) return redirected(call, status, headers);
  if (status < 200 || status >= 400) return declined(call, status, headers, raw);

  const encoding = header(headers, 'content-encoding');
  if (encoding !== undefined && encoding !== 'identity') {
    const what = `sent a body packed as "${quote(encoding, 40)}", which was not asked for`;
    return malformed(address, what, '', false);
  }
  const type = header(headers, 'content-type');
  if (type !== undefined && !/[/+]json\b/i.test(type)) {
    const kind = /html/i.test(type)
      ? 'a web page'
      : `a body of type "${quote(redact(type, secrets), 60)}"`;
    const what = `sent ${kind} where JSON was expected, so the base address may be wrong`;
    return malformed(address, what, raw.slice(0, mostErrorCharacters), false);
  }
  if (size === 0) return malformed(address, 'sent an empty body', raw);
  if (!isUtf8(bytes)) return malformed(address, 'sent a body that is not UTF-8', raw);
  return { type: 'received', status, raw };
}

function redirected({ address, secrets }: Call, status: number, headers: Headers): Failure {
  const to = header(headers, 'location');
  const where = to === undefined ? 'elsewhere' : `to ${quote(redact(to, secrets), 200)}`;
  return {
    type: 'failure',
    kind: 'request',
    status,
    message: `${address} redirects ${where} (${status}). Redirects are not followed, for the key must go nowhere else; give the right address with base= or in the template.`,
    transient: false,
  };
}

function declined(
  { address, secrets }: Call,
  status: number,
  headers: Headers,
  raw: string,
): Declined {
  const type = header(headers, 'content-type');
  const isPage = type !== undefined && /html/i.test(type);
  const error = isPage ? { message: 'a web page', codes: [] } : readErrorBody(raw);
  const { kind, transient } = classify(status);
  const kept = raw.slice(0, mostErrorCharacters);
  const detail = error.message === '' ? '' : `: ${error.message}`;
  const failure: Failure = {
    type: 'failure',
    kind,
    status,
    message: redact(`${address} answered ${status}${detail}`, secrets),
    transient: transient && header(headers, 'x-should-retry') !== 'false',
    raw: kept,
  };
  const wait = retryAfter(headers, status) ?? error.retryAfter;
  if (wait !== undefined) failure.retryAfter = wait;
  return { type: 'declined', failure, error, raw: kept };
}
