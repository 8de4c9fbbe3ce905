/**
 * @module spec/part-text
 * A stretch of a document that is read as a document of its own, with places in the whole one.
 */

import { SourceText } from './source-text.ts';
import type { Position } from './types.ts';

/** The text from one offset of a document to another. */
export class PartText extends SourceText {
  readonly #whole: SourceText;
  readonly #from: number;

  constructor(whole: SourceText, from: number, to: number) {
    super(whole.file, whole.text.slice(from, to));
    this.#whole = whole;
    this.#from = from;
  }

  override position(offset: number): Position {
    return this.#whole.position(this.#from + offset);
  }
}
