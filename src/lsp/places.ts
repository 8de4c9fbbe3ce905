/**
 * @module lsp/places
 * Places as the protocol counts them. It counts lines and UTF-16 units from 0, a span counts them from 1.
 */
import type { Position, Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../spec/index.ts';

/** Offsets in a text, from the first character to just after the last one. */
export interface Stretch {
  start: number;
  end: number;
}

/** The top of a document. */
export const TOP: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The range of a span. */
export function rangeOfSpan({ start, end }: Span): Range {
  return {
    start: { line: start.line - 1, character: start.column - 1 },
    end: { line: end.line - 1, character: end.column - 1 },
  };
}

/** The range of a stretch of a document. */
export function rangeOf(document: TextDocument, { start, end }: Stretch): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** A span without its lines. */
export function stretchOf({ start, end }: Span): Stretch {
  return { start: start.offset, end: end.offset };
}

/** Whether two ranges share a place; ranges that only touch do. */
export function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
