/**
 * @module model/digest
 * The sha256 of a text. A clause's brief stands in thousands of calls, so recent ones are remembered.
 */
import { hash } from 'node:crypto';

const REMEMBERED = 512;

/** Shorter texts are hashed faster than they are looked up. */
const WORTH_REMEMBERING = 2_048;

const digests = new Map<string, string>();

/** sha256 of a text's UTF-8 bytes, as 64 hexadecimal digits. */
export function textDigest(text: string): string {
  if (text.length < WORTH_REMEMBERING) return hash('sha256', text, 'hex');
  const known = digests.get(text);
  if (known !== undefined) return known;
  const digest = hash('sha256', text, 'hex');
  if (digests.size >= REMEMBERED) {
    const oldest = digests.keys().next();
    if (!oldest.done) digests.delete(oldest.value);
  }
  digests.set(text, digest);
  return digest;
}
