/**
 * @module model/adapters/shared-text
 * Turns the instructions that stand in thousands of requests into JSON once, with everything beyond ASCII escaped: a
 * body of ASCII alone is also encoded for the wire several times faster.
 */

/** Shorter texts are written faster than they are looked up. */
const WORTH_REMEMBERING = 2_048;
const REMEMBERED = 256;

declare global {
  interface JSON {
    /** A value that `JSON.stringify` writes as this text. In every Node that Tenet runs on. */
    rawJSON(text: string): unknown;
  }
}

const written = new Map<string, unknown>();

/** A text as a value for `JSON.stringify`; long ones are remembered. */
export function sharedText(text: string): unknown {
  if (text.length < WORTH_REMEMBERING) return text;
  const known = written.get(text);
  if (known !== undefined) return known;
  const json = JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const raw = JSON.rawJSON(json);
  if (written.size >= REMEMBERED) {
    const oldest = written.keys().next();
    if (!oldest.done) written.delete(oldest.value);
  }
  written.set(text, raw);
  return raw;
}
