/**
 * @module spec/source-text
 * A document's bytes as text with known lines, so that every offset can be given as line and column.
 *
 * Offsets count UTF-16 units of the decoded text and start at 0. A byte-order mark is not part of that
 * text: offset 0 is the character after it. `\n`, `\r\n` and a lone `\r` each end a line.
 */

import type { Position, Span } from './types.ts';

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const TAB_STOP = 4;

/**
 * Decodes UTF-8 into the text that all offsets of a spec refer to.
 * A byte-order mark is dropped; bytes that are no UTF-8 become U+FFFD. It never throws.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

/** Text with its lines. Lines are numbered from 0 here, and from 1 in positions. */
export class SourceText {
  readonly file: string;
  readonly text: string;
  readonly lineCount: number;
  // Typed arrays, not objects: a file of nothing but line ends must still fit in memory.
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #firsts: Int32Array;
  readonly #indents: Int32Array;
  #lastLine = 0;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    const count = countLines(text);
    this.lineCount = count;
    this.#starts = new Int32Array(count);
    this.#ends = new Int32Array(count);
    this.#firsts = new Int32Array(count);
    this.#indents = new Int32Array(count);
    this.#measure();
  }

  #measure(): void {
    const { text } = this;
    let offset = 0;
    for (let line = 0; line < this.lineCount; line++) {
      this.#starts[line] = offset;
      let column = 0;
      let code = text.charCodeAt(offset);
      while (code === SPACE || code === TAB) {
        column = code === TAB ? column + TAB_STOP - (column % TAB_STOP) : column + 1;
        code = text.charCodeAt(++offset);
      }
      this.#firsts[line] = offset;
      this.#indents[line] = column;
      while (offset < text.length && code !== LINE_FEED && code !== CARRIAGE_RETURN) {
        code = text.charCodeAt(++offset);
      }
      this.#ends[line] = offset;
      offset += code === CARRIAGE_RETURN && text.charCodeAt(offset + 1) === LINE_FEED ? 2 : 1;
    }
  }

  /** Offset of a line's first character. */
  start(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }

  /** Offset just after a line's last character, its line end not included. */
  end(line: number): number {
    return this.#ends[line] ?? this.text.length;
  }

  /** Offset of a line's first character that is neither space nor tab; the line's end if it is blank. */
  first(line: number): number {
    return this.#firsts[line] ?? this.text.length;
  }

  /** Columns of white space that a line begins with; a tab goes to the next multiple of 4. */
  indent(line: number): number {
    return this.#indents[line] ?? 0;
  }

  /** True for a line of nothing but spaces and tabs, and for a line that does not exist. */
  isBlank(line: number): boolean {
    return this.first(line) >= this.end(line);
  }

  /** A line as written, without its line end. */
  line(line: number): string {
    return this.text.slice(this.start(line), this.end(line));
  }

  /** A line from its first character that is neither space nor tab. */
  content(line: number): string {
    return this.text.slice(this.first(line), this.end(line));
  }

  /** A line without its first `columns` columns of white space, or as many as it has. */
  dedented(line: number, columns: number): string {
    const { text } = this;
    const first = this.first(line);
    let offset = this.start(line);
    for (let column = 0; column < columns && offset < first; offset++) {
      column =
        text.charCodeAt(offset) === TAB ? column + TAB_STOP - (column % TAB_STOP) : column + 1;
    }
    return text.slice(offset, this.end(line));
  }

  /** Offset after the last visible character of the lines from `line` up to `next` (not included). */
  visibleEnd(line: number, next: number): number {
    const first = this.first(line);
    let end = this.end(next - 1);
    while (end > first && isLayout(this.text.charCodeAt(end - 1))) end--;
    return end;
  }

  /** Number from 0 of the line that holds an offset. */
  lineAt(offset: number): number {
    // Nodes are made in reading order, so the line wanted is mostly the last one or the next.
    const hint = this.#lastLine;
    if (this.start(hint) <= offset) {
      if (offset < this.start(hint + 1)) return hint;
      if (offset < this.start(hint + 2)) {
        this.#lastLine = Math.min(hint + 1, this.lineCount - 1);
        return this.#lastLine;
      }
    }
    let low = 0;
    let high = this.lineCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    this.#lastLine = low;
    return low;
  }

  /** Line and column, both from 1, of an offset. */
  position(offset: number): Position {
    const line = this.lineAt(offset);
    return { line: line + 1, column: offset - this.start(line) + 1, offset };
  }

  /** The span from one offset to another. */
  span(start: number, end: number): Span {
    return { start: this.position(start), end: this.position(end) };
  }
}

function isLayout(code: number): boolean {
  return code === SPACE || code === TAB || code === LINE_FEED || code === CARRIAGE_RETURN;
}

function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  for (let at = text.indexOf('\r'); at !== -1; at = text.indexOf('\r', at + 1)) {
    if (text.charCodeAt(at + 1) !== LINE_FEED) count++;
  }
  return count;
}

/**
 * What a person reads in a stretch of source: line ends become `\n`, and the white space around them,
 * which is layout (the indentation of lists and commentary), goes.
 */
export function unwrapped(raw: string): string {
  if (!raw.includes('\n') && !raw.includes('\r')) return raw;
  const lines: string[] = [];
  for (const line of raw.split(/\r\n|\r|\n/))
    lines.push(lines.length === 0 ? line : line.replace(/^[ \t]+/, ''));
  return lines.join('\n');
}

/**
 * A search for `needle` from ever later places that reads the text once altogether.
 * The function it gives returns the first place at or after an offset, or -1.
 */
export function forwardSearch(text: string, needle: string): (offset: number) => number {
  let found = -2;
  return (offset) => {
    if (found !== -1 && found < offset) found = text.indexOf(needle, offset);
    return found;
  };
}
