/**
 * @module ledger/texts
 * Long texts are kept once, under the sha256 of their words, and stand elsewhere as a reference.
 * A scenario's opening message or a clause shared by ten thousand calls is one row.
 */
import { hash } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Shorter texts stay where they are: a reference of 64 digits would save nothing. */
const INLINE_LIMIT = 192;

/** Below this zstd costs more time than it saves space. */
const COMPRESS_FROM = 1_024;

/** How many digests of recent texts are remembered, so that a shared prompt is hashed once. */
const REMEMBERED_DIGESTS = 512;

const REFERENCE = '$text';

export interface StoredText {
  compressed: boolean;
  body: Uint8Array;
}

/** The words of a stored text. */
export function unpackText(stored: StoredText): string {
  const bytes = stored.compressed ? zstdDecompressSync(stored.body) : stored.body;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** A text as it is stored: UTF-8, zstd-compressed where that pays. */
export function packText(text: string): StoredText {
  const body = Buffer.from(text, 'utf8');
  if (body.byteLength < COMPRESS_FROM) return { compressed: false, body };
  const compressed = zstdCompressSync(body);
  return compressed.byteLength < body.byteLength
    ? { compressed: true, body: compressed }
    : { compressed: false, body };
}

const digests = new Map<string, string>();

/** sha256 of a text's UTF-8 bytes, as 64 hexadecimal digits. */
export function textDigest(text: string): string {
  const known = digests.get(text);
  if (known !== undefined) return known;
  const digest = hash('sha256', text, 'hex');
  if (digests.size >= REMEMBERED_DIGESTS) {
    const oldest = digests.keys().next();
    if (!oldest.done) digests.delete(oldest.value);
  }
  digests.set(text, digest);
  return digest;
}

/**
 * JSON of `value` in which every long string is replaced by `{"$text": digest}`; each such string is
 * handed to `keep`. The inverse is `inflate`.
 */
export function deflate(value: unknown, keep: (digest: string, text: string) => void): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'string' || part.length <= INLINE_LIMIT) return part;
    const digest = textDigest(part);
    keep(digest, part);
    return { [REFERENCE]: digest };
  });
}

/** The value that `deflate` took, its long strings fetched by `find`. Throws where a text is missing. */
export function inflate(json: string, find: (digest: string) => string | null): unknown {
  return JSON.parse(json, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || !(REFERENCE in part)) return part;
    const digest = part[REFERENCE];
    if (typeof digest !== 'string') return part;
    const text = find(digest);
    if (text === null) throw new Error(`the ledger lacks the text ${digest}`);
    return text;
  });
}
