/**
 * @module spec/lists
 * Where lists and their items begin and end.
 */

import type { SourceText } from './source-text.ts';
import { isThematicBreak } from './thematic-breaks.ts';

/** The mark of a list item. */
export interface Marker {
  /** As written: `-`, `*`, `+`, `3.` or `3)`. */
  text: string;
  ordered: boolean;
  /** `-`, `*`, `+`, `.` or `)`: items with different ones belong to different lists. */
  style: string;
  /** Columns of white space before it. */
  indent: number;
  /** Offset of the first visible character after it, or the line's end. */
  contentStart: number;
  /** Column of that character: what the item's other lines are indented by, at least. */
  contentIndent: number;
}

const WIDEST_GAP = 4;
const TAB_STOP = 4;

/** The list marker that a line begins with, or null. */
export function readMarker(source: SourceText, line: number): Marker | null {
  const { text } = source;
  const first = source.first(line);
  const end = source.end(line);
  let at = first;
  const character = text[at] ?? '';
  let ordered = false;
  if (character === '-' || character === '*' || character === '+') {
    if (isThematicBreak(source, line)) return null;
  } else {
    while (at < end && at - first < 9 && /\d/.test(text.charAt(at))) at++;
    if (at === first || (text[at] !== '.' && text[at] !== ')')) return null;
    ordered = true;
  }
  const style = text[at] ?? '';
  at++;
  const textEnd = at;
  const markerEnd = source.indent(line) + (at - first);
  let column = markerEnd;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) {
    column = text[at] === '\t' ? column + TAB_STOP - (column % TAB_STOP) : column + 1;
    at++;
  }
  if (at === textEnd && at < end) return null;
  const gap = at === end || column - markerEnd > WIDEST_GAP ? 1 : column - markerEnd;
  return {
    text: text.slice(first, textEnd),
    ordered,
    style,
    indent: source.indent(line),
    contentStart: at,
    contentIndent: markerEnd + gap,
  };
}

/** Whether an item of the same list can begin with this marker. */
export function isSibling(a: Marker, b: Marker): boolean {
  return a.style === b.style && a.ordered === b.ordered;
}

/** What a list must know about the lines in it. */
export interface LineFacts {
  /** Whether a line that is not indented ends running text, and does not continue it. */
  endsText: (line: number) => boolean;
  /** The line after the fence that a line opens, or null. */
  fenceEnd: (line: number) => number | null;
}

/** The line after the last one of a list item that begins in `line`, trailing blank lines left out. */
export function endOfItem(
  source: SourceText,
  line: number,
  limit: number,
  marker: Marker,
  facts: LineFacts,
): number {
  const isEmpty = marker.contentStart >= source.end(line);
  // One that begins with two blank lines is over.
  if (isEmpty && source.isBlank(line + 1)) return line + 1;
  let end = line + 1;
  // Only running text goes on in a line that is not indented: not nothing, and not what a fence holds.
  let isTextOpen = !isEmpty;
  let next = line + 1;
  while (next < limit) {
    if (source.isBlank(next)) {
      isTextOpen = false;
      next++;
      continue;
    }
    const indent = source.indent(next);
    // Nested items are often indented by two columns only, also below a wider marker such as "10. ".
    const inner = readMarker(source, next);
    const isInside =
      indent >= marker.contentIndent || (indent >= marker.indent + 2 && inner !== null);
    const isLazy = isTextOpen && !facts.endsText(next);
    if (!isInside && !isLazy) break;
    const fenceEnd = isInside ? facts.fenceEnd(next) : null;
    isTextOpen = fenceEnd === null && (inner === null || inner.contentStart < source.end(next));
    end = fenceEnd ?? next + 1;
    next = end;
  }
  return end;
}
