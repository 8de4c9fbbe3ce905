/**
 * @module text/bars-terminal
 * Rates of several subjects side by side in a terminal, as many as the width carries.
 */

import { type Bars, type BarsRow, MARK, ratesIn } from './blocks.ts';
import { estimateText, intervalText, NOTHING, type RateFigure, reasonsOf } from './figures.ts';
import { cut, cutMiddle, hanging, pad, widthOf } from './layout.ts';
import { grouped } from './numbers.ts';
import type { Paint, Style } from './paint.ts';
import { safeLine } from './safe-text.ts';
import { shownText } from './words.ts';

interface TableSettings extends Omit<Bars, 'type'> {
  width: number;
  paint: Paint;
}

/** Three side by side in 80 columns; more than that are hard to read across. */
const COLUMNS_FOR_ONE = 26;
const LABEL_AT_LEAST = 15;
/** Clause ids cut shorter than this are hard to tell apart. */
const LABEL_FAIR = 24;
const LABEL_ENOUGH = 40;
const PLOT = { least: 13, most: 25 };
/** A cell begins with the room for its mark, so that one column more is enough. */
const GAP = ' ';

/** The lines of the table; more subjects than fit make several tables. */
export function barsLines(settings: TableSettings): string[] {
  const { subjects, rows, beside, width } = settings;
  const all = [...rows, ...beside];
  const roomy = cellShape(all, ' %');
  const tight = cellShape(all, '');
  const fitting = (shape: Shape): number => {
    const fit = Math.floor((width - LABEL_AT_LEAST) / (GAP.length + shape.width));
    return Math.max(1, Math.min(subjects.length, Math.floor(width / COLUMNS_FOR_ONE), fit));
  };
  const most = fitting(tight);
  const left = width - most * (GAP.length + roomy.width);
  // Where room is short, the percent signs go into the heading.
  const shape = left < Math.min(labelWidth(all), LABEL_FAIR) ? tight : roomy;
  const perTable = shape === tight ? most : fitting(roomy);
  const tables = Math.max(1, Math.ceil(subjects.length / perTable));
  // Spread evenly: two and two read better than three and one.
  const share = Math.ceil(subjects.length / tables);
  const lines: string[] = [];
  for (let from = 0; from < subjects.length; from += share) {
    if (from > 0) lines.push('');
    lines.push(...oneTable(settings, shape, { from, to: from + share, alone: tables === 1 }));
  }
  return [...lines, ...reasonLines(settings)];
}

/** Why figures of a table are missing, below it. */
export function reasonLines({
  rows,
  width,
  paint,
}: Pick<TableSettings, 'rows' | 'width' | 'paint'>): string[] {
  const notes = reasonsOf(ratesIn(rows)).map(safeLine);
  return notes
    .flatMap((note) => hanging(`  ${NOTHING} `, note, width))
    .map((line) => paint('dim', line));
}

interface Shape {
  unit: '' | ' %';
  estimate: number;
  interval: number;
  cases: number;
  width: number;
}

function cellShape(rows: readonly BarsRow[], unit: Shape['unit']): Shape {
  const shape = { unit, estimate: 2 + unit.length, interval: 8, cases: 1 };
  for (const row of rows) {
    if ('heading' in row) continue;
    for (const rate of row.rates) {
      if (rate === null) continue;
      shape.cases = Math.max(shape.cases, grouped(rate.trials).length);
      if (row.casesOnly) continue;
      shape.estimate = Math.max(shape.estimate, shareText(rate, unit).length);
      shape.interval = Math.max(shape.interval, intervalText(rate).length);
    }
  }
  return { ...shape, width: 1 + shape.estimate + 1 + shape.interval + 1 + shape.cases };
}

function shareText(rate: RateFigure, unit: Shape['unit']): string {
  const text = estimateText(rate);
  return unit === '' ? text.replace(' %', '') : text;
}

interface Part {
  from: number;
  to: number;
  /** No other table carries the remaining subjects, so there may be room to draw. */
  alone: boolean;
}

function oneTable(settings: TableSettings, shape: Shape, { from, to, alone }: Part): string[] {
  const { rows, beside, width, paint } = settings;
  const title = `${safeLine(settings.title)}${shape.unit === '' ? ', %' : ''}`;
  const shown = settings.subjects.slice(from, to);
  const columns = shown.length * (GAP.length + shape.width);
  const wanted = labelWidth([...rows, ...beside]);
  const free = width - columns - Math.min(wanted, LABEL_ENOUGH);
  const spare = Math.floor(free / shown.length) - GAP.length;
  const plot = !alone || spare < PLOT.least ? 0 : Math.min(PLOT.most, spare);
  const cell = shape.width + (plot === 0 ? 0 : GAP.length + plot);
  const label = Math.max(1, Math.min(width - shown.length * (GAP.length + cell), wanted));
  const before = shape.width - shape.cases;
  const names = shown.map(({ key, id }) => (key === '' ? safeLine(id) : `${key} ${safeLine(id)}`));
  // Cut names tell nobody apart; then the letters do, which the heading of the report explains.
  const fit = names.every((name) => widthOf(name) <= before - 2);
  const heads = shown.map(({ key }, place) => {
    const name = fit ? (names[place] ?? '') : key;
    const rest = plot === 0 ? '' : GAP + pad(`0${' '.repeat(plot - 4)}100`, plot);
    return pad(` ${cut(name, before - 2)}`, before) + pad('n', shape.cases, 'right') + rest;
  });
  const head = [pad(title, label), ...heads].join(GAP).trimEnd();
  const lines = [paint('bold', cut(head, width))];
  for (const row of rows) {
    if ('heading' in row) {
      lines.push(paint('dim', cut(safeLine(row.heading), width)));
      continue;
    }
    const cells = row.rates.slice(from, to).map((rate, place) => {
      const marked = row.marked?.[from + place] ?? false;
      const note = row.casesOnly ? safeLine(row.notes?.[from + place] ?? '') : null;
      const text = cellText(rate, shape, plot, marked, note);
      return paint(styleOf(marked, row.strong ?? false), text);
    });
    const name = pad(cutMiddle(labelOf(row), label), label);
    lines.push([paint(row.strong ? ['bold'] : [], name), ...cells].join(GAP).trimEnd());
  }
  return lines;
}

/** What the labels of all rows would take. */
function labelWidth(rows: readonly BarsRow[]): number {
  const widths = rows.map((row) => ('heading' in row ? 0 : widthOf(labelOf(row))));
  return Math.max(LABEL_AT_LEAST, ...widths);
}

function labelOf(row: Exclude<BarsRow, { heading: string }>): string {
  return ' '.repeat(row.indent ?? 0) + safeLine(shownText(row.label));
}

function styleOf(marked: boolean, strong: boolean): Style[] {
  return [...(marked ? (['red'] as const) : []), ...(strong ? (['bold'] as const) : [])];
}

function cellText(
  rate: RateFigure | null,
  shape: Shape,
  plot: number,
  marked: boolean,
  note: string | null,
): string {
  if (rate === null) return ' '.repeat(shape.width);
  const cases = pad(grouped(rate.trials), shape.cases, 'right');
  if (note !== null)
    return `${pad(cut(` ${note}`, shape.width - shape.cases - 1), shape.width - shape.cases)}${cases}`;
  const figures = `${marked ? MARK : ' '}${pad(shareText(rate, shape.unit), shape.estimate, 'right')} ${pad(intervalText(rate), shape.interval, 'right')} ${cases}`;
  return plot === 0 ? figures : figures + GAP + plotted(rate, plot);
}

/** The interval drawn from 0 to 100: `├──●─┤`. */
function plotted({ estimate, low, high }: RateFigure, width: number): string {
  if (estimate === null) return '';
  const place = (share: number): number => Math.round(share * (width - 1));
  const [from, at, to] = [place(low ?? estimate), place(estimate), place(high ?? estimate)];
  let line = '';
  for (let column = 0; column <= to; column++) {
    if (column === at) line += '●';
    else if (column < from) line += ' ';
    else line += column === from ? '├' : column === to ? '┤' : '─';
  }
  return line;
}
