/**
 * @module spec/sha256
 * Hashes of texts and bytes, the same in a browser as in Node.
 */

import { sha256 as digest } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const encoder = new TextEncoder();

/** In plain JavaScript, for where there is no Node. */
export function portableSha256(data: string | Uint8Array): string {
  return bytesToHex(digest(typeof data === 'string' ? encoder.encode(data) : data));
}

/** Node's own takes a tenth of the time. It is asked for, not imported, so that browsers take this module as it is. */
const native = globalThis.process?.getBuiltinModule?.('node:crypto').hash;

/**
 * The SHA-256 (FIPS 180-4) of bytes, or of a text's UTF-8, as 64 hexadecimal digits in lower case.
 * A lone surrogate in a text counts as U+FFFD.
 */
export function sha256(data: string | Uint8Array): string {
  return native === undefined ? portableSha256(data) : native('sha256', data, 'hex');
}

/**
 * Puts off a hash until it is first asked for, and remembers it. Hashing takes a fifth of the time that
 * reading a spec takes, and most readers of a spec ask for the hashes of a few sections or of none.
 * @param data gives what is to be hashed; it must not change in the meantime
 */
export function hashOnDemand(data: () => string | Uint8Array): () => string {
  let hash: string | undefined;
  return () => {
    hash ??= sha256(data());
    return hash;
  };
}
