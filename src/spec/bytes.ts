/**
 * @module spec/bytes
 * From text back to the bytes it was decoded from, also where these were no proper UTF-8.
 */

import type { Encoding, Spec } from './types.ts';

const REPLACEMENT = '\ufffd';

/** What decoding left out or replaced; undefined where the text alone gives the bytes again. */
export function encodingOf(bytes: Uint8Array, text: string): Encoding | undefined {
  const byteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const replaced = text.includes(REPLACEMENT) ? replacedBytes(bytes, byteOrderMark ? 3 : 0) : [];
  return byteOrderMark || replaced.length > 0 ? { byteOrderMark, replaced } : undefined;
}

/** The document's bytes, exactly as they were read. */
export function printSpec(spec: Pick<Spec, 'text' | 'encoding'>): Uint8Array {
  return encodeText(spec.text, spec.encoding);
}

/** Text as bytes, with what decoding had left out or replaced. */
export function encodeText(text: string, encoding: Encoding | undefined): Uint8Array {
  const encoder = new TextEncoder();
  if (encoding === undefined) return encoder.encode(text);
  const pieces: Uint8Array[] = [];
  if (encoding.byteOrderMark) pieces.push(Uint8Array.of(0xef, 0xbb, 0xbf));
  let at = 0;
  for (const { offset, bytes } of encoding.replaced) {
    if (text[offset] !== REPLACEMENT) continue;
    pieces.push(encoder.encode(text.slice(at, offset)), Uint8Array.from(bytes));
    at = offset + 1;
  }
  pieces.push(encoder.encode(text.slice(at)));
  return joinBytes(pieces);
}

/** Pieces one after another. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/**
 * Walks through bytes as a decoder of UTF-8 does: a sequence that breaks off is one U+FFFD, and so is
 * every byte that cannot begin or go on with one.
 */
function replacedBytes(bytes: Uint8Array, from: number): Encoding['replaced'] {
  const replaced: Encoding['replaced'] = [];
  let offset = 0;
  let at = from;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      at++;
      offset++;
      continue;
    }
    const needed =
      first >= 0xc2 && first <= 0xdf
        ? 1
        : first >= 0xe0 && first <= 0xef
          ? 2
          : first >= 0xf0 && first <= 0xf4
            ? 3
            : 0;
    let got = 0;
    while (got < needed && continues(first, got, bytes[at + 1 + got])) got++;
    if (needed === 0 || got < needed) {
      replaced.push({ offset, bytes: [...bytes.subarray(at, at + 1 + got)] });
      offset++;
    } else offset += needed === 3 ? 2 : 1;
    at += 1 + got;
  }
  return replaced;
}

/** The second byte has a narrower range after some first ones: no overlong forms, no surrogates. */
function continues(first: number, index: number, byte: number | undefined): boolean {
  if (byte === undefined) return false;
  let low = 0x80;
  let high = 0xbf;
  if (index === 0) {
    if (first === 0xe0) low = 0xa0;
    else if (first === 0xed) high = 0x9f;
    else if (first === 0xf0) low = 0x90;
    else if (first === 0xf4) high = 0x8f;
  }
  return byte >= low && byte <= high;
}
