/**
 * @module spec/edit-places
 * Where in a spec's text an edit goes: parts of headings, parts of spans, ends of lines.
 */

import type { Section, Span, Spec } from './types.ts';

/** The heading's parts: title and braces, by offset. */
export function partsOf(
  spec: Spec,
  { heading, title }: Section,
): { title: Span; braces: Span | null; end: number } {
  const { start, end } = heading;
  const raw = spec.text.slice(start.offset, end.offset);
  const titleStart =
    title === '' ? raw.search(/(?<=^#+)(?!#)/) : raw.indexOf(title, raw.search(/[^#]/));
  const titleEnd = titleStart + title.length;
  const open = raw.endsWith('}') ? raw.indexOf('{', titleEnd) : -1;
  return {
    title: within(heading, titleStart, titleEnd),
    braces: open === -1 ? null : within(heading, open, raw.length),
    end: end.offset,
  };
}

/** A part of a span in one line, by characters from its start. */
export function within({ start }: Span, from: number, to: number): Span {
  const at = (by: number): Span['start'] => ({
    line: start.line,
    column: start.column + by,
    offset: start.offset + by,
  });
  return { start: at(from), end: at(to) };
}

/** The empty span at a place. */
export function collapsed(at: Span['start']): Span {
  return { start: at, end: at };
}

/** The document's text in a span. */
export function textOf(spec: Spec, span: Span): string {
  return spec.text.slice(span.start.offset, span.end.offset);
}

/** A part of a span that may go over several lines. */
export function partOfSpan(spec: Spec, span: Span, from: number, to: number): Span {
  const before = textOf(spec, span)
    .slice(0, from)
    .split(/\r\n|\r|\n/);
  const line = span.start.line + before.length - 1;
  const column = before.length === 1 ? span.start.column + from : (before.at(-1)?.length ?? 0) + 1;
  const offset = span.start.offset + from;
  const length = to - from;
  return {
    start: { line, column, offset },
    end: { line, column: column + length, offset: offset + length },
  };
}

/** What the document ends its lines with: what its first line ends with. */
export function lineEndOf(spec: Spec): string {
  return /\r\n|\r|\n/.exec(spec.text)?.[0] ?? '\n';
}
