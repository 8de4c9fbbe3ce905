/**
 * @module text/layout
 * Text set in columns of a terminal: how wide it is, cut, padded, wrapped. Takes safe text only.
 */
import { createRequire } from 'node:module';

type StringWidth = typeof import('string-width').default;

/** Loaded where a text needs it: its tables of emoji take 20 ms, and most of what is printed needs none. */
let stringWidth: StringWidth | null = null;

const PLAIN = /^[ -~]*$/;

/** Signs that are one column wide everywhere, and that our own sentences and tables are written with. */
const NARROW =
  /^[\u00a0-\u00ac\u00ae-\u00ff\u2010-\u2027\u2030-\u205e\u2190-\u2193\u2212\u2248\u2260\u2264\u2265\u2500-\u259f]$/;

/** Columns that a text takes. Where terminals differ, the most. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of charactersOf(text)) width += columnsOf(character);
  return width;
}

/** Letters with the marks on them, emoji selectors among these. */
function charactersOf(text: string): string[] {
  return text.match(/[^\p{Mn}\p{Me}]?[\p{Mn}\p{Me}]*/gu)?.filter(Boolean) ?? [];
}

/** Widths of single characters, since the package takes microseconds for each. */
const COLUMNS = new Map<string, number>();

/** Columns of one letter with its marks. */
function columnsOf(character: string): number {
  if (character >= ' ' && character <= '~' && character.length === 1) return 1;
  if (NARROW.test(character)) return 1;
  const known = COLUMNS.get(character);
  if (known !== undefined) return known;
  stringWidth ??= createRequire(import.meta.url)('string-width').default as StringWidth;
  const columns = stringWidth(character);
  // Letters with marks are without number.
  if (character.length <= 2) COLUMNS.set(character, columns);
  return columns;
}

/** The text, or as much of it as fits before `…`. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return width < 1 ? '' : `${taken(text, width - 1)}…`;
}

/** The text, or its beginning and its end with `…` between: names often differ at the end. */
export function cutMiddle(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width < 5) return cut(text, width);
  const tail = Math.floor((width - 1) / 2);
  const end = charactersOf(text).reverse();
  let last = '';
  for (const character of end) {
    if (widthOf(last) + columnsOf(character) > tail) break;
    last = character + last;
  }
  return `${taken(text, width - 1 - widthOf(last))}…${last}`;
}

function taken(text: string, width: number): string {
  let result = '';
  let used = 0;
  for (const character of charactersOf(text)) {
    used += columnsOf(character);
    if (used > width) break;
    result += character;
  }
  return result;
}

/** Cut or filled up with spaces to exactly this width. */
export function pad(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const short = cut(text, width);
  const fill = ' '.repeat(Math.max(0, width - widthOf(short)));
  return side === 'left' ? short + fill : fill + short;
}

/** A word with the spaces before it. A number keeps its unit. */
const WORD = / *[^ ]+(?: %)?/g;

/** Lines of at most this width, broken between words, and inside those that are too long for a line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const [word] of text.matchAll(WORD)) {
    const size = widthOf(word);
    if (used + size <= width) {
      line += word;
      used += size;
      continue;
    }
    if (line.trim() !== '') lines.push(line);
    line = '';
    used = 0;
    for (const character of charactersOf(word.trimStart())) {
      const columns = columnsOf(character);
      if (used + columns > width && line !== '') {
        const end = breakOf(line);
        lines.push(line.slice(0, end));
        line = line.slice(end);
        used = widthOf(line);
      }
      line += character;
      used += columns;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Where a word too long for its line may end: after a sign that joins two parts, if there is one late in it. */
function breakOf(word: string): number {
  const sign = Math.max(...['&', '?', '/', ','].map((joint) => word.lastIndexOf(joint)));
  return sign + 1 > word.length / 2 ? sign + 1 : word.length;
}

/** Wrapped text with a first line's prefix and the same room before the other lines. */
export function hanging(prefix: string, text: string, width: number): string[] {
  const indent = widthOf(prefix);
  const lines = wrap(text, Math.max(1, width - indent));
  if (lines.length === 0) return [prefix.trimEnd()];
  return lines.map((line, index) => (index === 0 ? prefix : ' '.repeat(indent)) + line);
}
