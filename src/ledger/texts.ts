/**
 * @module ledger/texts
 * Long texts are kept once, under the sha256 of their words, and stand elsewhere as a reference.
 * A scenario's opening message or a clause shared by ten thousand calls is one row.
 */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { textDigest } from '../model/digest.ts';
import { damaged } from './damage.ts';

/** Shorter texts stay where they are: a reference of 64 digits would save nothing. */
const INLINE_LIMIT = 192;

/** Below this zstd costs more time than it saves space. */
const COMPRESS_FROM = 2_048;

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

/**
 * JSON of `value` in which every long string is replaced by `{"$text": digest}`; each such string is
 * handed to `keep`. The inverse is `inflate`.
 */
export function deflate(value: unknown, keep: (digest: string, text: string) => void): string {
  return JSON.stringify(withReferences(value, keep));
}

function withReferences(value: unknown, keep: (digest: string, text: string) => void): unknown {
  if (typeof value === 'string') {
    // UTF-8 has no lone surrogates; JSON can escape them, so such a text stays where it is.
    if (value.length <= INLINE_LIMIT || !value.isWellFormed()) return value;
    const digest = textDigest(value);
    keep(digest, value);
    return { [REFERENCE]: digest };
  }
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((part) => withReferences(part, keep));
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = withReferences(value[key as keyof typeof value], keep);
  return copy;
}

/** The value that `deflate` took, its long strings fetched by `find`. Throws where a text is missing. */
export function inflate(json: string, find: (digest: string) => string | null): unknown {
  return JSON.parse(json, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || !(REFERENCE in part)) return part;
    const digest = part[REFERENCE];
    if (typeof digest !== 'string') return part;
    const text = find(digest);
    return text ?? damaged(`no text ${digest}, which it refers to`);
  });
}
