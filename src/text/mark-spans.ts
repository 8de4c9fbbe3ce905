/** @module text/mark-spans A message wrapped for a terminal, with passages marked in it. */
import { hanging } from './layout.ts';
import type { Paint } from './paint.ts';
import { safeText } from './safe-text.ts';

interface Span {
  start: number;
  end: number;
}

/** Private characters: safe text holds none, so none of these can be forged. */
const OPEN = '\ue000';
const CLOSE = '\ue001';

/**
 * Lines of a message with its spans in «…», or in colour where there is any.
 * @param spans character ranges of the content, in any order, overlapping or not
 */
export function markSpans(
  content: string,
  spans: readonly Span[],
  settings: { width: number; paint: Paint; color: boolean },
): string[] {
  const { width, paint, color } = settings;
  let marked = '';
  let at = 0;
  for (const { start, end } of joined(spans)) {
    marked += `${safeText(content.slice(at, start))}${OPEN}${safeText(content.slice(start, end))}${CLOSE}`;
    at = end;
  }
  marked += safeText(content.slice(at));
  const lines = marked.split('\n').flatMap((line) => {
    const indent = /^ */.exec(line)?.[0].slice(0, Math.floor(width / 2)) ?? '';
    return hanging(indent, line.trimStart(), width);
  });
  return color
    ? painted(lines, paint)
    : lines.map((line) => line.replaceAll(OPEN, '«').replaceAll(CLOSE, '»'));
}

/** Colour ends with each line and goes on in the next, so that no line depends on another. */
function painted(lines: readonly string[], paint: Paint): string[] {
  let inside = false;
  return lines.map((line) =>
    line
      .split(/([\ue000\ue001])/)
      .map((part) => {
        if (part === OPEN || part === CLOSE) {
          inside = part === OPEN;
          return '';
        }
        return inside ? paint('inverse', part) : part;
      })
      .join(''),
  );
}

/** The spans in order, those that touch made one. */
function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** A text whose marked passages are written in another way; of two that overlap the first counts. */
export function withMarks(
  text: string,
  marks: readonly Span[],
  plain: (part: string) => string,
  marked: (part: string) => string,
): string {
  let result = '';
  let at = 0;
  for (const { start, end } of marks.toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue;
    result += plain(text.slice(at, start)) + marked(text.slice(start, end));
    at = end;
  }
  return result + plain(text.slice(at));
}
