/** @module model/redact Takes keys out of errors, records and pages, whoever repeats them to us. */

/**
 * Shorter keys are placeholders (`none`, `ollama`, `EMPTY`): to strike them out would maim replies
 * that happen to hold the word, and protect nobody.
 */
const shortestSecret = 8;

/** What a struck-out key is replaced by. */
const redacted = '[key]';

/**
 * The forms in which a key may come back: plain, JSON-escaped, percent-encoded, base64.
 *
 * @param keys The keys in use; absent and placeholder keys are left out.
 */
export function secretsOf(...keys: (string | undefined)[]): readonly string[] {
  const forms = new Set<string>();
  for (const key of keys) {
    if (key === undefined || key.length < shortestSecret) continue;
    forms.add(key);
    forms.add(JSON.stringify(key).slice(1, -1));
    forms.add(encodeURIComponent(key));
    forms.add(Buffer.from(key).toString('base64').replace(/=+$/, ''));
  }
  // Longest first, so that no form eats a part of another and leaves the rest to be read.
  return [...forms].sort((a, b) => b.length - a.length);
}

/**
 * Strikes every secret out of a text.
 *
 * @param text Anything on its way out of an adapter.
 * @param secrets From `secretsOf`.
 */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (clean.includes(secret)) clean = clean.replaceAll(secret, redacted);
  }
  return clean;
}

// An escape that stands for a printable ASCII character: the only way to spell a key in JSON so that
// a plain search misses it.
const spelledOut = /\\u00[2-7]|\\\//i;

/**
 * Strikes every secret out of a body, also where JSON escapes spell it differently.
 *
 * @param body A reply as it came over the wire.
 * @param secrets From `secretsOf`.
 */
export function redactBody(body: string, secrets: readonly string[]): string {
  const clean = redact(body, secrets);
  if (secrets.length === 0 || !spelledOut.test(clean)) return clean;
  try {
    const plain = JSON.stringify(JSON.parse(clean));
    const redactedPlain = redact(plain, secrets);
    return redactedPlain === plain ? clean : redactedPlain;
  } catch {
    return clean;
  }
}
