/**
 * @module text/blocks-terminal
 * Blocks as lines of a terminal, none wider than it.
 */
import { barsLines } from './bars-terminal.ts';
import {
  type Block,
  type Callout,
  type Code,
  type Column,
  type Command,
  type Heading,
  type KeyValues,
  type List,
  type Paragraph,
  type Quote,
  type Renderers,
  rendered,
  type Table,
  type TableRow,
} from './blocks.ts';
import { cut, cutMiddle, hanging, pad, widthOf, wrap } from './layout.ts';
import { markSpans } from './mark-spans.ts';
import { type Paint, painter, type Style } from './paint.ts';
import { rateColumnsLines } from './rate-columns-terminal.ts';
import { safeLine, safeText } from './safe-text.ts';
import {
  type Part,
  partsOf,
  shownPart,
  shownText,
  type Tone,
  type Tones,
  tonesOf,
  type Words,
} from './words.ts';

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
    const own = rendered(LINES, block, sheet);
    if (own.length === 0) continue;
    const isSection = block.type === 'section';
    if (lines.length > 0 && (isSection || wasSection)) lines.push('');
    lines.push(...own);
    wasSection = isSection;
  }
  return lines;
}

const LINES: Renderers<string[], [sheet: Sheet]> = {
  section: ({ blocks }, sheet) => linesOf(blocks, sheet),
  details: () => [],
  heading: headingLines,
  paragraph: paragraphLines,
  list: listLines,
  keyValues: keyValueLines,
  table: tableLines,
  bars: (block, { width, paint }) =>
    block.form === 'figures'
      ? rateColumnsLines({ ...block, width, paint })
      : barsLines({ ...block, width, paint }),
  callout: calloutLines,
  quote: quoteLines,
  command: commandLines,
  code: codeLines,
};

/** Harmless text in one line. A model's short name that begins a sentence gets a capital. */
function plain(text: Words): string {
  const shown = shownText(text);
  const [first] = partsOf(text);
  const begins = typeof first === 'object' && 'model' in first && first.short !== undefined;
  return safeLine(begins ? shown.replace(/^[a-z]/, (letter) => letter.toUpperCase()) : shown);
}

function styled(line: string, tones: Tones | undefined, { paint }: Sheet): string {
  return tones === undefined ? line : paint(stylesOf(tones), line);
}

function stylesOf(tones: Tones): Style[] {
  return tonesOf(tones).flatMap((tone) => STYLES[tone]);
}

function headingLines(heading: Heading, sheet: Sheet): string[] {
  const { text, tone = 'strong', fit = 'cut', indent = 0, aside } = heading;
  const words = plain(text);
  const width = sheet.width - indent;
  const lines = fit === 'cut' ? [cut(words, width)] : wrap(words, width);
  const shown = toned(lines, text, sheet).map(
    (line) => ' '.repeat(indent) + styled(line, tone, sheet),
  );
  if (aside === undefined) return shown;
  const room = width - widthOf(lines.at(-1) ?? '');
  const said = styled(cut(`  ${safeLine(aside)}`, room), 'dim', sheet);
  return [...shown.slice(0, -1), shown.at(-1) + said];
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
      done += rest.slice(0, at) + paint(stylesOf(part.tone), part.words);
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
  if (sheet.color && partsOf(text).some(isChange)) return changeLines(prefix, text, sheet);
  const lines =
    fit === 'cut' ? [cut(prefix + words, sheet.width)] : hanging(prefix, words, sheet.width);
  return toned(lines, text, sheet).map((line, index) => {
    if (tone !== undefined && markerTone === undefined) return styled(line, tone, sheet);
    if (firstTone !== undefined && index === 0) return styled(line, firstTone, sheet);
    if (markerTone === undefined) return line;
    if (index > 0) return styled(line, tone, sheet);
    // Where the line has a tone of its own, the columns before it have none.
    const from = tone === undefined ? 0 : indent;
    const own = styled(line.slice(from, prefix.length), markerTone, sheet);
    return line.slice(0, from) + own + styled(line.slice(prefix.length), tone, sheet);
  });
}

type Change = Extract<Part, { added: string } | { removed: string }>;

function isChange(part: Part): part is Change {
  return typeof part === 'object' && ('added' in part || 'removed' in part);
}

/** Private characters, at the beginning of each part: safe text holds none, so none of these can be forged. */
const STAYED = '\ue000';
const CAME = '\ue001';
const WENT = '\ue002';
const CHANGE_TONES: ReadonlyMap<string, Tone | undefined> = new Map([
  [STAYED, undefined],
  [CAME, 'good'],
  [WENT, 'bad'],
]);

/** In colour nothing stands around words that came or went. */
function changeLines(prefix: string, text: Words, sheet: Sheet): string[] {
  const marked = partsOf(text).map((part) => {
    if (!isChange(part)) return STAYED + safeLine(shownPart(part));
    return 'added' in part ? CAME + safeLine(part.added) : WENT + safeLine(part.removed);
  });
  let tone: Tone | undefined;
  return hanging(prefix, marked.join(''), sheet.width).map((line) =>
    line
      .split(/([\ue000-\ue002])/)
      .map((piece) => {
        if (!CHANGE_TONES.has(piece)) return styled(piece, tone, sheet);
        tone = CHANGE_TONES.get(piece);
        return '';
      })
      .join(''),
  );
}

function listLines({ items, marker = '- ', indent = 0, fit }: List, sheet: Sheet): string[] {
  return items.flatMap((item) => {
    const own = item.marker ?? marker;
    const { text, tone, markerTone } = item;
    const head = paragraphLines(
      { type: 'paragraph', text, marker: own, indent, tone, markerTone, fit },
      sheet,
    );
    const room = Math.min(indent + widthOf(safeLine(own)), sheet.width - LEAST_INNER);
    const inner = linesOf(item.blocks ?? [], { ...sheet, width: sheet.width - room });
    return [...head, ...inner.map((line) => (line === '' ? '' : ' '.repeat(room) + line))];
  });
}

function keyValueLines(
  { rows, keyWidth, mostKey = Number.POSITIVE_INFINITY, indent = 0 }: KeyValues,
  sheet: Sheet,
): string[] {
  const keys = rows.map(({ key }) => cut(safeLine(key), mostKey));
  const signs = rows.map(({ marker = '' }) => safeLine(marker));
  const marks = Math.max(0, ...signs.map((sign) => (sign === '' ? 0 : widthOf(sign) + 1)));
  const room = keyWidth ?? indent + marks + Math.max(0, ...keys.map(widthOf)) + 2;
  return rows.flatMap(({ value, mark = '', tone, markerTone }, place) => {
    const words = plain(value);
    if (words === '') return [];
    const marker = signs[place] ?? '';
    const key = pad(' '.repeat(indent) + pad(marker, marks) + (keys[place] ?? ''), room);
    const name = cut(mark === '' ? key : `${key}${safeLine(mark)} `, roomBefore(sheet));
    const [first = '', ...others] = toned(hanging(name, words, sheet.width), value, sheet);
    const before = ' '.repeat(indent);
    const marked = first.startsWith(before + marker)
      ? before + styled(marker, markerTone, sheet) + first.slice(indent + marker.length)
      : first;
    return [marked, ...others].map((line) => styled(line, tone, sheet));
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

function codeLines({ text, indent = 0, fit }: Code, { width }: Sheet): string[] {
  const before = ' '.repeat(indent);
  return safeText(text)
    .split('\n')
    .flatMap((line) => {
      if (line === '') return [''];
      return fit === 'wrap' ? hanging(before, line, width) : [before + line];
    });
}

/** A command on one line, or on several that end in `\`, broken before flags, which keep their values. */
function commandLines({ words, indent = 0 }: Command, { width }: Sheet): string[] {
  const shown = words.map(safeLine);
  const lines: string[] = [];
  let line = '';
  for (const [index, word] of shown.entries()) {
    const next = shown[index + 1];
    const hasValue = isFlag(word) && next !== undefined && !isFlag(next);
    const size = widthOf(line) + 1 + widthOf(word) + (hasValue ? widthOf(next) + 1 : 0);
    const mayBreak = line !== '' && (isFlag(word) || !isFlag(shown[index - 1] ?? ''));
    if (mayBreak && indent + size + 2 > width) {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((text) => ' '.repeat(indent) + text);
}

function isFlag(word: string): boolean {
  return word.startsWith('--');
}

/** The table without what only documents have. */
function atGlance(table: Table): Table {
  const { columns, rows } = table;
  if (!columns.some(({ details }) => details)) return table;
  const isShown = (_: unknown, index: number): boolean => columns[index]?.details !== true;
  return {
    ...table,
    columns: columns.filter(isShown),
    rows: rows.map((row) => ('cells' in row ? { ...row, cells: row.cells.filter(isShown) } : row)),
  };
}

function tableLines(whole: Table, sheet: Sheet): string[] {
  const table = atGlance(whole);
  const { columns, rows, indent = 0, gap = 2, heads = 'strong', stackedBelow } = table;
  if (stackedBelow !== undefined && sheet.width < stackedBelow) return stackedLines(table, sheet);
  const widths = columnWidths(table, sheet.width - indent);
  const line = (cells: readonly string[], inTones = false): string => {
    const set = columns.flatMap((column, place) => {
      const room = widths[place] ?? 0;
      const isLeftOut = room === 0 && column.rest !== undefined;
      return isLeftOut ? [] : [{ text: cellText(cells[place] ?? '', column, room), column }];
    });
    const joined = (texts: readonly string[]): string =>
      (' '.repeat(indent) + texts.join(' '.repeat(gap))).trimEnd();
    const whole = joined(set.map(({ text }) => text));
    if (!inTones || widthOf(whole) > sheet.width) return cut(whole, sheet.width);
    return joined(set.map(({ text, column }) => tonedCell(text, column.tone, sheet)));
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
      const heading = cut(' '.repeat(indent) + plain(row.heading), sheet.width);
      const { tone = 'dim' } = row;
      lines.push(styled(heading, tone, sheet));
      continue;
    }
    if ('note' in row) {
      lines.push(...noteLines(row, indent, sheet));
      continue;
    }
    const [first = '', ...others] = row.cells.map(plain);
    const set = line([' '.repeat(row.indent ?? 0) + first, ...others], true);
    lines.push(styled(toned([set], row.cells.flatMap(partsOf), sheet)[0] ?? set, row.tone, sheet));
  }
  return lines;
}

function noteLines(
  { note: text, indent = 0, ...settings }: Extract<TableRow, { note: Words }>,
  tableIndent: number,
  sheet: Sheet,
): string[] {
  return paragraphLines(
    { type: 'paragraph', text, ...settings, indent: tableIndent + indent },
    sheet,
  );
}

/** The spaces that fill a cell up are not painted. */
function tonedCell(text: string, tone: Tone | undefined, sheet: Sheet): string {
  if (tone === undefined) return text;
  const words = text.trimEnd();
  return styled(words, tone, sheet) + text.slice(words.length);
}

function cellText(text: string, { align = 'left', cut: side }: Column, width: number): string {
  return pad(side === 'middle' ? cutMiddle(text, width) : text, width, align);
}

const LEAST_COLUMN = 8;

/** As wide as the widest cell; columns that may be cut share what the width lacks. */
function columnWidths({ columns, rows, gap = 2, heads }: Table, width: number): number[] {
  const given = columns.reduce((sum, column) => sum + (column.width ?? 0), 0);
  const half = Math.floor((width - given - gap * (columns.length - 1)) / 2);
  const wanted = columns.map(({ head, width: fixed, most, rest }, place) => {
    if (fixed !== undefined) return fixed;
    if (rest !== undefined) return 0;
    const cells = rows.map((row) => {
      if (!('cells' in row)) return 0;
      const indent = place === 0 ? (row.indent ?? 0) : 0;
      return indent + widthOf(plain(row.cells[place] ?? ''));
    });
    return Math.min(
      most === 'half' ? half : (most ?? Number.POSITIVE_INFINITY),
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

/** Without room for columns: each row as its key or its first cell, in half a line at most, and `head cell, …`. */
function stackedLines({ columns, rows, indent = 0, cellFirst }: Table, sheet: Sheet): string[] {
  return rows.flatMap((row) => {
    if ('heading' in row) return [cut(plain(row.heading), sheet.width)];
    if ('note' in row) return noteLines(row, indent, sheet);
    const [first = '', ...others] = row.cells.map(plain);
    const told = others.flatMap((cell, place) => {
      if (cell === '') return [];
      const head = safeLine(columns[place + 1]?.head ?? '').toLowerCase();
      return [cellFirst === true ? `${cell} ${head}` : `${head} ${cell}`];
    });
    const half = Math.floor((sheet.width - indent) / 2);
    const name =
      row.key === undefined ? `${cut(first, half)}: ` : `${cut(safeLine(row.key), half)} `;
    return hanging(' '.repeat(indent) + name, told.join(', '), sheet.width);
  });
}
