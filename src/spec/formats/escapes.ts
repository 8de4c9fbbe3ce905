/**
 * @module spec/formats/escapes
 * Which lines of a message would be read as something else than its text.
 */

/** Whether a line holds nothing that is ever decoded. */
export function needsNoEscape(line: string): boolean {
  return !line.includes('&') && !line.includes('\r');
}

/** Whether a line begins like a tag of a conversation. */
export function looksLikeTagStart(line: string): boolean {
  return /^[* \t]*<\/?[A-Za-z_]/.test(line);
}
