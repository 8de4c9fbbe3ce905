/**
 * @module text/blocks-terminal
 * Blocks as lines of a terminal, none wider than it.
 */
import { barsLines } from './bars-terminal.ts';
import type { Block, Callout, Column, KeyValues, List, Paragraph, Quote, Table } from './blocks.ts';
import { cut, cutMiddle, hanging, pad, widthOf, wrap } from './layout.ts';
import { markSpans } from './mark-spans.ts';
import { type Paint, painter, type Style } from './paint.ts';
import { safeLine } from './safe-text.ts';
import { partsOf, shownPart, type Tone, type Words } from './words.ts';

/** What a terminal shows. */
export interface TerminalSettings {
  /** Columns; no line is wider. 80 unless said. */
  width?: number;
  color?: boolean;
}

interface Sheet {
  width: number;
  paint: Paint;
  color: boolean;
}

/** Narrower than this nothing can be set. */
const LEAST_WIDTH = 40;

const STYLES: Readonly<Record<Tone, Style | Style[]>> = {
  strong: 'bold',
  dim: 'dim',
  good: 'green',
  warning: 'yellow',
  bad: 'red',
  accent: ['bold', 'cyan'],
  stamp: ['yellow', 'bold'],
};

/** The text of blocks in a terminal, with a line end after the last line. Empty where they say nothing. */
export function toTerminal(blocks: readonly Block[], settings: TerminalSettings = {}): string {
  const color = settings.color ?? false;
  const width = Math.max(LEAST_WIDTH, settings.width ?? 80);
  const lines = linesOf(blocks, { width, color, paint: painter(color) });
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** An empty line stands between a section and what is beside it. */
function linesOf(blocks: readonly Block[], sheet: Sheet): string[] {
  const lines: string[] = [];
  let wasSection = false;
  for (const block of blocks) {
    const own = blockLines(block, sheet);
    if (own.length === 0) continue;
    const isSection = block.type === 'section';
    if (lines.length > 0 && (isSection || wasSection)) lines.push('');
    lines.push(...own);
    wasSection = isSection;
  }
  return lines;
}

function blockLines(block: Block, sheet: Sheet): string[] {
  switch (block.type) {
    case 'section':
      return linesOf(block.blocks, sheet);
    case 'details':
      return [];
    case 'heading':
      return [styled(cutText(plain(block.text), block.text, sheet), block.tone ?? 'strong', sheet)];
    case 'paragraph':
      return paragraphLines(block, sheet);
    case 'list':
      return listLines(block, sheet);
    case 'keyValues':
      return keyValueLines(block, sheet);
    case 'table':
      return tableLines(block, sheet);
    case 'bars':
      return barsLines({ ...block, width: sheet.width, paint: sheet.paint });
    case 'callout':
      return calloutLines(block, sheet);
    case 'quote':
      return quoteLines(block, sheet);
  }
}

/** Harmless text in one line. A model's short name that begins a sentence gets a capital. */
function plain(text: Words): string {
  const parts = partsOf(text);
  const shown = parts.map(shownPart).join('');
  const [first] = parts;
  const begins = typeof first === 'object' && 'model' in first && first.short !== undefined;
  return safeLine(begins ? shown.replace(/^[a-z]/, (letter) => letter.toUpperCase()) : shown);
}

function styled(line: string, tone: Tone | undefined, { paint }: Sheet): string {
  return tone === undefined ? line : paint(STYLES[tone], line);
}

/** A line that is cut where it does not fit, its parts in their tones. */
function cutText(line: string, text: Words, sheet: Sheet): string {
  return toned([cut(line, sheet.width)], text, sheet)[0] ?? '';
}

/** Lines of a text with its parts in their tones. Parts are found where they stand, one after the other. */
function toned(lines: readonly string[], text: Words, { paint, color }: Sheet): string[] {
  const marked = partsOf(text).flatMap((part) =>
    typeof part === 'object' && 'text' in part
      ? [{ words: safeLine(part.text), tone: part.tone }]
      : [],
  );
  if (!color || marked.length === 0) return [...lines];
  let next = 0;
  return lines.map((line) => {
    let done = '';
    let rest = line;
    for (let part = marked[next]; part !== undefined; part = marked[next]) {
      const at = rest.indexOf(part.words);
      if (at < 0) break;
      done += rest.slice(0, at) + paint(STYLES[part.tone], part.words);
      rest = rest.slice(at + part.words.length);
      next++;
    }
    return done + rest;
  });
}

/** What stands before a text leaves at least so much for it. */
const LEAST_TEXT = 8;
/** As wide as the blocks of a list's item are at least. */
const LEAST_INNER = 16;

function roomBefore({ width }: Sheet): number {
  return width - LEAST_TEXT;
}

function paragraphLines(block: Paragraph, sheet: Sheet): string[] {
  const { text, marker = '', markerTone, indent = 0, tone, firstTone, fit } = block;
  const prefix = cut(' '.repeat(indent) + safeLine(marker), roomBefore(sheet));
  const words = plain(text);
  if (words === '' && marker === '') return [];
  const lines =
    fit === 'cut' ? [cut(prefix + words, sheet.width)] : hanging(prefix, words, sheet.width);
  return toned(lines, text, sheet).map((line, index) => {
    if (tone !== undefined && markerTone === undefined) return styled(line, tone, sheet);
    if (firstTone !== undefined && index === 0) return styled(line, firstTone, sheet);
    if (markerTone === undefined) return line;
    if (index > 0) return styled(line, tone, sheet);
    const [before, own] = [line.slice(0, indent), line.slice(indent, prefix.length)];
    return `${before}${styled(own, markerTone, sheet)}${styled(line.slice(prefix.length), tone, sheet)}`;
  });
}

function listLines({ items, marker = '- ', indent = 0, fit }: List, sheet: Sheet): string[] {
  return items.flatMap((item) => {
    const own = item.marker ?? marker;
    const { text, tone, markerTone } = item;
    const head = paragraphLines(
      {
        ...{ type: 'paragraph', text, marker: own, indent },
        ...(tone === undefined ? {} : { tone }),
        ...(markerTone === undefined ? {} : { markerTone }),
        ...(fit === undefined ? {} : { fit }),
      },
      sheet,
    );
    const room = Math.min(indent + widthOf(safeLine(own)), sheet.width - LEAST_INNER);
    const inner = linesOf(item.blocks ?? [], { ...sheet, width: sheet.width - room });
    return [...head, ...inner.map((line) => (line === '' ? '' : ' '.repeat(room) + line))];
  });
}

function keyValueLines({ rows, keyWidth, indent = 0 }: KeyValues, sheet: Sheet): string[] {
  const widest = Math.max(0, ...rows.map(({ key }) => widthOf(safeLine(key))));
  const room = keyWidth ?? indent + widest + 2;
  return rows.flatMap(({ key, mark = '', value, tone }) => {
    const words = plain(value);
    if (words === '') return [];
    const own = mark === '' ? '' : `${safeLine(mark)} `;
    const name = cut(pad(' '.repeat(indent) + safeLine(key), room) + own, roomBefore(sheet));
    const lines = toned(hanging(name, words, sheet.width), value, sheet);
    return lines.map((line) => styled(line, tone, sheet));
  });
}

function calloutLines({ tone, text }: Callout, { width, paint }: Sheet): string[] {
  const words = plain(text);
  if (tone === 'warning') return hanging('! ', words, width);
  return wrap(words, width - 6).map((line) => {
    const rest = '━'.repeat(Math.max(2, width - widthOf(line) - 4));
    return paint(['yellow', 'bold'], `━━ ${line} ${rest}`);
  });
}

function quoteLines(
  { text, marks = [], indent = 0, source }: Quote,
  { width, paint, color }: Sheet,
): string[] {
  const room = width - indent;
  const lines = markSpans(text, marks, { width: room, paint, color });
  const from = source === undefined ? [] : hanging('— ', safeLine(source), room);
  return [...lines, ...from].map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
}

function tableLines(table: Table, sheet: Sheet): string[] {
  const { columns, rows, indent = 0, gap = 2, heads = 'strong', stackedBelow } = table;
  if (stackedBelow !== undefined && sheet.width < stackedBelow) return stackedLines(table, sheet);
  const widths = columnWidths(table, sheet.width - indent);
  const line = (cells: readonly string[]): string => {
    const set = columns.flatMap((column, place) => {
      const room = widths[place] ?? 0;
      const isLeftOut = room === 0 && column.rest !== undefined;
      return isLeftOut ? [] : [cellText(cells[place] ?? '', column, room)];
    });
    return cut((' '.repeat(indent) + set.join(' '.repeat(gap))).trimEnd(), sheet.width);
  };
  const lines =
    heads === 'none'
      ? []
      : [
          styled(
            line(columns.map(({ head }) => safeLine(head))),
            heads === 'plain' ? undefined : heads,
            sheet,
          ),
        ];
  for (const row of rows) {
    if ('heading' in row) {
      lines.push(styled(cut(' '.repeat(indent) + plain(row.heading), sheet.width), 'dim', sheet));
      continue;
    }
    const [first = '', ...others] = row.cells.map(plain);
    const set = line([' '.repeat(row.indent ?? 0) + first, ...others]);
    lines.push(styled(toned([set], row.cells.flatMap(partsOf), sheet)[0] ?? set, row.tone, sheet));
    if (row.below !== undefined) lines.push(...paragraphLines(row.below, sheet));
  }
  return lines;
}

function cellText(text: string, { align = 'left', cut: side }: Column, width: number): string {
  return pad(side === 'middle' ? cutMiddle(text, width) : text, width, align);
}

const LEAST_COLUMN = 8;

/** As wide as the widest cell; columns that may be cut share what the width lacks. */
function columnWidths({ columns, rows, gap = 2, heads }: Table, width: number): number[] {
  const wanted = columns.map(({ head, width: fixed, most, rest }, place) => {
    if (fixed !== undefined) return fixed;
    if (rest !== undefined) return 0;
    const cells = rows.map((row) => {
      if ('heading' in row) return 0;
      const indent = place === 0 ? (row.indent ?? 0) : 0;
      return indent + widthOf(plain(row.cells[place] ?? ''));
    });
    return Math.min(
      most ?? Number.POSITIVE_INFINITY,
      Math.max(heads === 'none' ? 0 : widthOf(safeLine(head)), ...cells),
    );
  });
  const set = columns.filter(({ rest }) => rest === undefined).length;
  let lacks = wanted.reduce((sum, column) => sum + column, 0) + gap * (set - 1) - width;
  return wanted.map((want, place) => {
    const { cut: side, least = LEAST_COLUMN, fills, rest } = columns[place] ?? { head: '' };
    if (rest !== undefined) return -lacks - gap >= rest ? -lacks - gap : 0;
    if (lacks < 0 && fills === true) {
      const filled = want - lacks;
      lacks = 0;
      return filled;
    }
    if (lacks <= 0 || side === undefined) return want;
    const left = Math.max(Math.min(least, want), want - lacks);
    lacks -= want - left;
    return left;
  });
}

/** Without room for columns: each row as its key or its first cell, and `head cell, head cell`. */
function stackedLines({ columns, rows, indent = 0 }: Table, sheet: Sheet): string[] {
  return rows.flatMap((row) => {
    if ('heading' in row) return [cut(plain(row.heading), sheet.width)];
    const [first = '', ...others] = row.cells.map(plain);
    const told = others.map(
      (cell, place) => `${safeLine(columns[place + 1]?.head ?? '').toLowerCase()} ${cell}`,
    );
    const name = row.key === undefined ? `${first}: ` : `${safeLine(row.key)} `;
    const prefix = cut(' '.repeat(indent) + name, roomBefore(sheet));
    return hanging(prefix, told.join(', '), sheet.width);
  });
}
