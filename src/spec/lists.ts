/**
 * @module spec/lists
 * Where lists and their items begin and end.
 */

import type { SourceText } from './source-text.ts';

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

/** The list marker that a line begins with, or null. */
export function readMarker(source: SourceText, line: number): Marker | null {
  const { text } = source;
  const first = source.first(line);
  const end = source.end(line);
  let at = first;
  const character = text[at] ?? '';
  let ordered = false;
  if (character !== '-' && character !== '*' && character !== '+') {
    while (at < end && at - first < 9 && isDigit(text.charCodeAt(at))) at++;
    if (at === first || (text[at] !== '.' && text[at] !== ')')) return null;
    ordered = true;
  }
  const style = text[at] ?? '';
  at++;
  let gap = 0;
  while (at + gap < end && (text[at + gap] === ' ' || text[at + gap] === '\t')) gap++;
  if (gap === 0 && at < end) return null;
  const contentStart = Math.min(at + gap, end);
  if (gap > WIDEST_GAP) gap = 1;
  return {
    text: text.slice(first, at),
    ordered,
    style,
    indent: source.indent(line),
    contentStart,
    contentIndent: source.indent(line) + (at - first) + Math.max(gap, 1),
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
  let end = line + 1;
  let afterBlank = false;
  let next = line + 1;
  while (next < limit) {
    if (source.isBlank(next)) {
      afterBlank = true;
      next++;
      continue;
    }
    const indent = source.indent(next);
    // Nested items are often indented by two columns only, also below a wider marker such as "10. ".
    const isInside =
      indent >= marker.contentIndent ||
      (indent >= marker.indent + 2 && readMarker(source, next) !== null);
    const isLazy = !afterBlank && !facts.endsText(next);
    if (!isInside && !isLazy) break;
    end = (isInside ? facts.fenceEnd(next) : null) ?? next + 1;
    next = end;
    afterBlank = false;
  }
  return end;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
