/**
 * @module ledger/texts
 * Long texts are kept once, under the sha256 of their words, and stand elsewhere as a reference.
 * A scenario's opening message or a clause shared by ten thousand calls is one row.
 */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { textDigest } from '../model/digest.ts';
import { damaged } from './damage.ts';
import type { Database, Insert } from './database.ts';

/** Shorter texts stay where they are: a reference of 64 digits would save nothing. */
const INLINE_LIMIT = 192;

/** Below this zstd costs more time than it saves space. */
const COMPRESS_FROM = 2_048;

const REFERENCE = '$text';

/** As a key, and as it is written where it is none of ours. */
const OUR_WORD = /^\$+text$/;
const ESCAPED = /^\$\$+text$/;

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
function packText(text: string): StoredText {
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
  if (Array.isArray(value)) {
    let copy: unknown[] | null = null;
    for (let place = 0; place < value.length; place++) {
      const part = withReferences(value[place], keep);
      if (part === value[place]) continue;
      copy ??= [...value];
      copy[place] = part;
    }
    return copy ?? value;
  }
  // Most of what is written has no long texts, and is written as it is.
  let copy: Record<string, unknown> | null = null;
  for (const key in value) {
    if (key.startsWith('$') && OUR_WORD.test(key)) return withRenamed(value, keep);
    const given = value[key as keyof typeof value] as unknown;
    const part = withReferences(given, keep);
    if (part === given) continue;
    copy ??= { ...value };
    // Under this name an object would take it for its prototype.
    if (key === '__proto__') Object.defineProperty(copy, key, { value: part });
    else copy[key] = part;
  }
  return copy ?? value;
}

/** The same of a document that uses our word for itself. Without a prototype a key is nothing but a key. */
function withRenamed(value: object, keep: (digest: string, text: string) => void): unknown {
  const copy: Record<string, unknown> = Object.create(null);
  for (const key in value) {
    const name = OUR_WORD.test(key) ? `$${key}` : key;
    copy[name] = withReferences(value[key as keyof typeof value], keep);
  }
  return copy;
}

/** The value that `deflate` took, its long strings out of `texts`. Throws where a text is missing. */
export function inflate(json: string, texts: ReadonlyMap<string, string>): unknown {
  const isEscaped = json.includes('"$$');
  return JSON.parse(json, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object') return part;
    if (!Object.hasOwn(part, REFERENCE)) return isEscaped ? withOwnNames(part) : part;
    const digest = (part as Record<string, unknown>)[REFERENCE];
    if (typeof digest !== 'string') return part;
    return texts.get(digest) ?? damaged(`no text ${digest}, which it refers to`);
  });
}

function withOwnNames(part: object): object {
  if (Array.isArray(part) || !Object.keys(part).some((key) => ESCAPED.test(key))) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [ESCAPED.test(key) ? key.slice(1) : key, value]),
  );
}

/** Takes long texts out of JSON, and puts them back. */
export interface TextStore {
  /** JSON of a value; the texts that it refers to join `rows`. */
  deflate(value: unknown, rows: Insert[]): string;
  /** The values that became these, each with its texts. */
  inflate(jsons: readonly string[]): Promise<unknown[]>;
}

/** How many digests are remembered as kept already. Only a filter in front of the database: forgetting is safe. */
const REMEMBERED = 4_096;

/** The texts of a database. */
export function createTextStore(database: Database): TextStore {
  const known = new Set<string>();
  return {
    deflate: (value, rows) =>
      deflate(value, (digest, text) => {
        if (known.has(digest)) return;
        const { compressed, body } = packText(text);
        const stored = { digest: Buffer.from(digest, 'hex'), compressed: Number(compressed), body };
        rows.push({ table: 'texts', row: stored, once: true });
        if (known.size > REMEMBERED) known.clear();
        known.add(digest);
      }),
    inflate: async (jsons) => {
      const digests = new Set(
        jsons.flatMap((json) => [...json.matchAll(REFERENCES)].map(([, it]) => it ?? '')),
      );
      const texts = new Map<string, string>();
      if (digests.size > 0) {
        const keys = [...digests].map((digest) => Buffer.from(digest, 'hex'));
        for (const row of await database.among(SELECT_TEXTS, keys)) {
          const digest = Buffer.from(row.digest as Uint8Array).toString('hex');
          const text = unpackText({
            compressed: row.compressed === 1,
            body: row.body as Uint8Array,
          });
          if (textDigest(text) !== digest) damaged(`another text than ${digest} names`);
          texts.set(digest, text);
        }
      }
      return jsons.map((json) => inflate(json, texts));
    },
  };
}

const SELECT_TEXTS = 'SELECT digest, compressed, body FROM texts WHERE digest';

const REFERENCES = /"\$text":"([0-9a-f]{64})"/g;
