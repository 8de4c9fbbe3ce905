/**
 * @module spec/fences
 * Finds where fenced text begins and ends, also where somebody forgot to close it.
 */

import type { DiagnosticList } from './diagnostics.ts';
import { isHeadingWithId } from './headings.ts';
import type { SourceText } from './source-text.ts';

/** A fence; lines count from 0. */
export interface Fence {
  openLine: number;
  /** First line of what it holds. */
  bodyStart: number;
  /** The line after the last of what it holds. */
  bodyEnd: number;
  /** The line after the whole fence. */
  nextLine: number;
  /** The word after the opening marks, in lower case; empty without one. */
  language: string;
  /** Columns of white space before the opening marks. */
  indent: number;
}

interface Opening {
  mark: string;
  length: number;
  language: string;
}

const CLOSING_TAG = /^[* \t]*<\/(?:system|developer|user|assistant|tool|comparison)\s{0,9}>/;

/** Finds fences in a document and remembers them, so that every caller sees the same ones. */
export class FenceFinder {
  readonly #source: SourceText;
  readonly #diagnostics: DiagnosticList;
  readonly #known = new Map<number, Fence | null>();
  // Per mark: the length for which no closing line is left in the document. Saves looking again.
  readonly #neverClosed = new Map<string, number>();

  constructor(source: SourceText, diagnostics: DiagnosticList) {
    this.#source = source;
    this.#diagnostics = diagnostics;
  }

  /** The fence that a line opens, or null; `limit` is the line after the last one it may hold. */
  at(line: number, limit: number): Fence | null {
    const code = this.#source.text.charCodeAt(this.#source.first(line));
    if (code !== 126 && code !== 96) return null;
    const known = this.#known.get(line);
    if (known !== undefined) return known;
    const opening = readOpening(this.#source.content(line));
    const fence = opening === null ? null : this.#extent(line, limit, opening);
    this.#known.set(line, fence);
    return fence;
  }

  #extent(openLine: number, limit: number, opening: Opening): Fence | null {
    const isConversation = opening.language === 'xml';
    const isBare = opening.language === '';
    const fence: Fence = {
      openLine,
      bodyStart: openLine + 1,
      bodyEnd: openLine + 1,
      nextLine: openLine + 1,
      language: opening.language,
      indent: this.#source.indent(openLine),
    };
    const close = this.#findClose(openLine, limit, opening, isConversation || isBare);
    if (close.closed) {
      fence.bodyEnd = close.line;
      fence.nextLine = close.line + 1;
      this.#reportHeadings(fence);
      return fence;
    }
    const data = { hasLanguage: !isBare };
    this.#diagnostics.addLine(this.#source, 'unclosed-fence', openLine, data);
    fence.bodyEnd = isBare
      ? openLine + 1
      : this.#recoveredEnd(openLine, close.line, isConversation);
    fence.nextLine = fence.bodyEnd;
    return fence;
  }

  /**
   * The line that closes a fence, or where to give up. Conversations, and fences without a language,
   * end at a line that can only stand outside them; those with a language may quote such lines.
   */
  #findClose(
    openLine: number,
    limit: number,
    opening: Opening,
    stopsAtStructure: boolean,
  ): { line: number; closed: boolean } {
    const source = this.#source;
    const { mark, length } = opening;
    const isHopeless = length >= (this.#neverClosed.get(mark) ?? Number.POSITIVE_INFINITY);
    let innerOpen = false;
    let firstHeading = -1;
    for (let line = openLine + 1; line < limit; line++) {
      const first = source.text[source.first(line)];
      if (first === '#' && isHeadingWithId(source, line)) {
        if (stopsAtStructure || isHopeless) return { line, closed: false };
        if (firstHeading === -1) firstHeading = line;
      }
      if (stopsAtStructure && first === '*' && isExampleTitle(source, line)) {
        return { line, closed: false };
      }
      if (first !== '~' && first !== '`') continue;
      const content = source.content(line);
      if (first === mark && isClosing(content, mark, length)) {
        // A conversation fenced with backticks may hold fences with a language of their own.
        if (!innerOpen) return { line, closed: true };
        innerOpen = false;
      } else if (stopsAtStructure) {
        const inner = readOpening(content);
        const opensConversation = inner?.language === 'xml' && inner.mark === mark;
        if (opensConversation && inner.length >= length) return { line, closed: false };
        if (mark === '`' && inner?.mark === '`' && inner.language !== '') innerOpen = true;
      }
    }
    if (limit >= source.lineCount && !stopsAtStructure) this.#neverClosed.set(mark, length);
    return { line: firstHeading === -1 ? limit : firstHeading, closed: false };
  }

  /** Ends a forgotten conversation after its last closing tag, so that prose after it is not swallowed. */
  #recoveredEnd(openLine: number, giveUpAt: number, isConversation: boolean): number {
    if (isConversation) {
      for (let line = giveUpAt - 1; line > openLine; line--) {
        if (CLOSING_TAG.test(this.#source.line(line))) return line + 1;
      }
    }
    let end = giveUpAt;
    while (end > openLine + 1 && this.#source.isBlank(end - 1)) end--;
    return end;
  }

  #reportHeadings(fence: Fence): void {
    for (let line = fence.bodyStart; line < fence.bodyEnd; line++) {
      if (this.#source.text[this.#source.first(line)] !== '#') continue;
      if (!isHeadingWithId(this.#source, line)) continue;
      this.#diagnostics.addLine(this.#source, 'heading-in-fence', line, {});
    }
  }
}

/** Whether a line is the title of an example: `**Example**: …`. */
export function isExampleTitle(source: SourceText, line: number): boolean {
  const first = source.first(line);
  return (
    source.text.startsWith('**Example**:', first) || source.text.startsWith('**Example:**', first)
  );
}

function readOpening(content: string): Opening | null {
  const mark = content[0] ?? '';
  let length = 1;
  while (content[length] === mark) length++;
  if (length < 3) return null;
  const rest = content.slice(length).trim();
  // Backticks after backticks are code within a line, not a fence.
  if (mark === '`' && rest.includes('`')) return null;
  return { mark, length, language: (rest.split(/\s/, 1)[0] ?? '').toLowerCase() };
}

function isClosing(content: string, mark: string, atLeast: number): boolean {
  let length = 0;
  while (content[length] === mark) length++;
  return length >= atLeast && content.slice(length).trim() === '';
}
