/**
 * @module spec/formats/embedded-text
 * Text that is a string in a JSON or YAML document: it is read like any other text, and every place in it
 * is given as the place in that document.
 */

import { SourceText } from '../source-text.ts';
import type { Position } from '../types.ts';

/** The text of a string literal, whose positions are those of the document that holds it. */
export class EmbeddedText extends SourceText {
  readonly #document: SourceText;
  readonly #offsets: Int32Array | null;
  readonly #from: number;
  readonly #to: number;

  /**
   * @param text what the string says
   * @param from offset in the document of the literal's first character, quotation mark included
   * @param to offset just after the literal
   */
  constructor(document: SourceText, text: string, from: number, to: number) {
    super(document.file, text);
    this.#document = document;
    this.#from = from;
    this.#to = to;
    this.#offsets = offsetsOf(document.text, text, from, to);
  }

  override position(offset: number): Position {
    const inside = Math.max(0, Math.min(offset, this.text.length));
    // Block scalars and folded strings of YAML: the place of the string is all that is known.
    const outer =
      this.#offsets === null ? (offset <= 0 ? this.#from : this.#to) : this.#offsets[inside];
    return this.#document.position(outer ?? this.#to);
  }
}

/** For each character of a string the offset of what spells it, and that of the end; null if unknown. */
function offsetsOf(document: string, text: string, from: number, to: number): Int32Array | null {
  const quote = document[from];
  const isQuoted = quote === '"' || quote === "'";
  const offsets = new Int32Array(text.length + 1);
  let at = isQuoted ? from + 1 : from;
  for (let index = 0; index < text.length; index++) {
    offsets[index] = at;
    if (at >= to) return null;
    if (quote === '"' && document[at] === '\\') at += document[at + 1] === 'u' ? 6 : 2;
    else {
      if (document[at] !== text[index]) return null;
      at += quote === "'" && document[at] === "'" ? 2 : 1;
    }
  }
  offsets[text.length] = at;
  return offsets;
}
