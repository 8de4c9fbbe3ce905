/** @module text/json Documents as they are printed and kept. */

/** A document as indented JSON with a line end. */
export function printDocument(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
