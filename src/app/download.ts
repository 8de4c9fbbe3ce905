/**
 * @module app/download
 * The bytes at a public address, or why there are none. Sends no key and no cookie.
 */
import { EnvHttpProxyAgent, request } from 'undici';
import { messageOf } from './errors.ts';

/** `absent`: there is nothing at the address. */
export type Download =
  | { type: 'bytes'; bytes: Uint8Array }
  | { type: 'absent' | 'failure'; why: DownloadFailure };

/** Why an address gave no bytes. Addresses are without their query; `silence` and `total` are in milliseconds. */
export type DownloadFailure =
  | { code: 'declined'; data: { address: string; status: number } }
  | { code: 'redirected-astray'; data: { address: string; location: string } }
  | { code: 'redirected-too-often'; data: { address: string; most: number } }
  | { code: 'too-large'; data: { address: string; megabytes: number } }
  | { code: 'unreachable'; data: { host: string; reason: string } }
  | { code: 'too-slow'; data: { host: string } & Patience }
  | { code: 'broken-off'; data: { host: string } }
  | { code: 'failed'; data: { host: string; message: string } };

export interface Patience {
  /** For the answer to begin, and between two pieces of it; in milliseconds. */
  silence: number;
  /** For all of it. */
  total: number;
}

const USUAL_PATIENCE: Patience = { silence: 20_000, total: 120_000 };
const MOST_MEGABYTES = 64;
const MOST_BYTES = MOST_MEGABYTES * 1024 * 1024;
const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Several downloads over the same connections. */
export interface Downloader {
  get(address: string): Promise<Download>;
  close(): Promise<void>;
}

/** Follows redirects, but never from https to http. `HTTPS_PROXY` and its like are respected. */
export function createDownloader(patience: Patience = USUAL_PATIENCE): Downloader {
  const dispatcher = new EnvHttpProxyAgent({
    connections: 8,
    connect: { timeout: patience.silence },
  });
  const get = async (address: string): Promise<Download> => {
    const signal = AbortSignal.timeout(patience.total);
    let url = new URL(address);
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const { statusCode, headers, body } = await request(url, {
        dispatcher,
        signal,
        headersTimeout: patience.silence,
        bodyTimeout: patience.silence,
        headers: { 'user-agent': 'tenet', 'accept-encoding': 'identity' },
      });
      if (statusCode === 200) return await collect(body, url);
      await body.dump().catch(() => undefined);
      if (!REDIRECTS.has(statusCode)) return declined(statusCode, url);
      const next = redirectTarget(headers.location, url);
      if (next === null) {
        const location = String(headers.location);
        return failure({ code: 'redirected-astray', data: { address: shown(url), location } });
      }
      url = next;
    }
    const data = { address: shown(new URL(address)), most: MOST_REDIRECTS };
    return failure({ code: 'redirected-too-often', data });
  };
  return {
    get: (address) => get(address).catch((error) => failure(explain(error, address, patience))),
    close: () => dispatcher.close(),
  };
}

async function collect(body: AsyncIterable<Uint8Array>, url: URL): Promise<Download> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > MOST_BYTES) {
      const data = { address: shown(url), megabytes: MOST_MEGABYTES };
      return failure({ code: 'too-large', data });
    }
    parts.push(part);
  }
  return { type: 'bytes', bytes: Buffer.concat(parts) };
}

function redirectTarget(location: string | string[] | undefined, from: URL): URL | null {
  if (typeof location !== 'string' || !URL.canParse(location, from.href)) return null;
  const target = new URL(location, from);
  const isFit = target.protocol === 'https:' || target.protocol === from.protocol;
  return isFit && target.username === '' ? target : null;
}

function declined(status: number, url: URL): Download {
  const why: DownloadFailure = { code: 'declined', data: { address: shown(url), status } };
  return status === 404 || status === 410 ? { type: 'absent', why } : failure(why);
}

/** Every code on the way down to the cause; an error over several addresses has one for each. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const inner = error instanceof AggregateError ? error.errors : [];
  return [...own, error.name, ...codesOf(error.cause), ...inner.flatMap(codesOf)];
}

const NO_WAY = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH', 'EPERM'];
const SLOW = [
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
  'TimeoutError',
];
const CUT = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'];

function explain(error: unknown, address: string, patience: Patience): DownloadFailure {
  const { host } = new URL(address);
  const codes = codesOf(error);
  const code = (known: readonly string[]): string | undefined =>
    codes.find((own) => known.includes(own));
  const reason = code(NO_WAY);
  if (reason !== undefined) return { code: 'unreachable', data: { host, reason } };
  if (code(SLOW) !== undefined) return { code: 'too-slow', data: { host, ...patience } };
  if (code(CUT) !== undefined) return { code: 'broken-off', data: { host } };
  return { code: 'failed', data: { host, message: messageOf(error) } };
}

function shown(url: URL): string {
  return url.origin + url.pathname;
}

function failure(why: DownloadFailure): Download {
  return { type: 'failure', why };
}
