/**
 * @module features/spec/fetch/download
 * The bytes at a public address, or one sentence that says why there are none. Sends no key and no cookie.
 */
import { EnvHttpProxyAgent, request } from 'undici';
import { safeLine } from '../../../text/safe-text.ts';

export type Download =
  | { type: 'bytes'; bytes: Uint8Array }
  | { type: 'absent'; message: string }
  | { type: 'failure'; message: string };

export interface Patience {
  /** For the answer to begin, and between two pieces of it; in milliseconds. */
  silence: number;
  /** For all of it. */
  total: number;
}

const USUAL_PATIENCE: Patience = { silence: 20_000, total: 120_000 };
const MOST_BYTES = 64 * 1024 * 1024;
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
        return failure(
          `${shown(url)} redirects to where Tenet does not follow: ${safeLine(String(headers.location))}.`,
        );
      }
      url = next;
    }
    return failure(`${shown(new URL(address))} redirects more than ${MOST_REDIRECTS} times.`);
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
    if (size > MOST_BYTES) return failure(`${shown(url)} sends more than 64 MB: that is no spec.`);
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
  const message = `${shown(url)} answers ${status}.`;
  return status === 404 || status === 410 ? { type: 'absent', message } : failure(message);
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

function explain(error: unknown, address: string, patience: Patience): string {
  const { host } = new URL(address);
  const codes = codesOf(error);
  const code = (known: readonly string[]): string | undefined =>
    codes.find((own) => known.includes(own));
  const noWay = code(NO_WAY);
  if (noWay !== undefined) return `${host} can't be reached from here (${noWay}).`;
  if (code(SLOW) !== undefined) {
    return `${host} is too slow: it said nothing for ${patience.silence / 1_000} s, or was not done in ${patience.total / 1_000} s.`;
  }
  if (code(CUT) !== undefined) return `the connection to ${host} broke off.`;
  return `${host}: ${safeLine(error instanceof Error ? error.message : String(error))}.`;
}

function shown(url: URL): string {
  return safeLine(url.origin + url.pathname);
}

function failure(message: string): Download {
  return { type: 'failure', message };
}
