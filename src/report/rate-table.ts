/**
 * @module report/rate-table
 * Rates of several subjects side by side in a terminal, as many as the width carries.
 */
import { grouped } from '../audit/findings/words.ts';
import { estimateText, intervalText, NOTHING, reasonsOf } from './figures.ts';
import { cut, cutMiddle, hanging, pad, widthOf } from './layout.ts';
import type { Paint, Style } from './paint.ts';
import { safeLine } from './safe-text.ts';
import type { ReportRate } from './schema.ts';

/** A row of rates, one for each subject, or a heading between rows. */
export type Row =
  | { heading: string }
  | {
      label: string;
      /** Null where a subject has no such row. */
      rates: (ReportRate | null)[];
      indent?: number;
      /** For each subject whether it stands out. */
      marked?: boolean[];
      /** Only the numbers of cases matter: several clauses in one row. */
      casesOnly?: boolean;
      strong?: boolean;
    };

export interface TableSettings {
  title: string;
  subjects: { key: string; id: string }[];
  rows: Row[];
  /** Rows of tables that stand above or below, so that all have their columns in the same places. */
  beside: Row[];
  width: number;
  paint: Paint;
}

/** Stands beside a rate that is lower than chance explains; seen without colour too. */
export const MARK = '▼';

const SUBJECTS_AT_MOST = 3;
const LABEL_AT_LEAST = 15;
const LABEL_ENOUGH = 40;
const PLOT = { least: 13, most: 25 };
const GAP = '  ';

/** The lines of the table; more subjects than fit make several tables. */
export function rateTable(settings: TableSettings): string[] {
  const { subjects, rows, width } = settings;
  const shape = cellShape([...rows, ...settings.beside]);
  const room = width - LABEL_AT_LEAST;
  const fitting = Math.floor(room / (GAP.length + shape.width));
  const perTable = Math.max(1, Math.min(SUBJECTS_AT_MOST, fitting));
  const tables = Math.max(1, Math.ceil(subjects.length / perTable));
  // Spread evenly: two and two read better than three and one.
  const share = Math.ceil(subjects.length / tables);
  const lines: string[] = [];
  for (let from = 0; from < subjects.length; from += share) {
    if (from > 0) lines.push('');
    lines.push(...oneTable(settings, shape, from, Math.min(subjects.length, from + share)));
  }
  const rates = rows.flatMap((row) =>
    'heading' in row ? [] : row.rates.flatMap((rate) => rate ?? []),
  );
  for (const reason of reasonsOf(rates)) {
    lines.push(
      ...hanging(`  ${NOTHING} `, safeLine(reason), width).map((line) =>
        settings.paint('dim', line),
      ),
    );
  }
  return lines;
}

interface Shape {
  estimate: number;
  interval: number;
  cases: number;
  width: number;
}

function cellShape(rows: readonly Row[]): Shape {
  const shape = { estimate: 4, interval: 8, cases: 1 };
  for (const row of rows) {
    if ('heading' in row) continue;
    for (const rate of row.rates) {
      if (rate === null) continue;
      shape.cases = Math.max(shape.cases, grouped(rate.trials).length);
      if (row.casesOnly) continue;
      shape.estimate = Math.max(shape.estimate, estimateText(rate).length);
      shape.interval = Math.max(shape.interval, intervalText(rate).length);
    }
  }
  return { ...shape, width: 1 + shape.estimate + 1 + shape.interval + 1 + shape.cases };
}

function oneTable(settings: TableSettings, shape: Shape, from: number, to: number): string[] {
  const { title, rows, beside, width, paint } = settings;
  const shown = settings.subjects.slice(from, to);
  const columns = shown.length * (GAP.length + shape.width);
  const wanted = Math.max(
    LABEL_AT_LEAST,
    ...[...rows, ...beside].map((row) => ('heading' in row ? 0 : widthOf(labelOf(row)))),
  );
  const free = width - columns - Math.min(wanted, LABEL_ENOUGH);
  const spare = Math.floor(free / shown.length) - GAP.length;
  const plot = spare < PLOT.least ? 0 : Math.min(PLOT.most, spare);
  const cell = shape.width + (plot === 0 ? 0 : GAP.length + plot);
  const label = Math.max(1, Math.min(width - shown.length * (GAP.length + cell), wanted));
  const before = shape.width - shape.cases;
  const names = shown.map(({ key, id }) => (key === '' ? safeLine(id) : `${key} ${safeLine(id)}`));
  // Cut names tell nobody apart; then the letters do, which the heading of the report explains.
  const fit = shown[0]?.key === '' || names.every((name) => widthOf(name) <= before - 2);
  const heads = shown.map(({ key }, place) => {
    const name = fit ? (names[place] ?? '') : key;
    const rest = plot === 0 ? '' : GAP + pad(`0${' '.repeat(plot - 4)}100`, plot);
    return pad(` ${cutMiddle(name, before - 2)}`, before) + pad('n', shape.cases, 'right') + rest;
  });
  const line = (first: string, cells: string[]): string =>
    fitted([pad(first, label), ...cells].join(GAP), width);
  const lines = [paint('bold', line(title, heads))];
  for (const row of rows) {
    if ('heading' in row) {
      lines.push(paint('dim', cut(safeLine(row.heading), width)));
      continue;
    }
    const name = labelOf(row);
    const cells = row.rates.slice(from, to).map((rate, place) => {
      const marked = row.marked?.[from + place] ?? false;
      const text = cellText(rate, shape, plot, marked, row.casesOnly ?? false);
      return paint(styleOf(marked, row.strong ?? false), text);
    });
    const labelText = paint(row.strong ? ['bold'] : [], pad(cutMiddle(name, label), label));
    lines.push([labelText, ...cells].join(GAP).trimEnd());
  }
  return lines;
}

function labelOf(row: Exclude<Row, { heading: string }>): string {
  return ' '.repeat(row.indent ?? 0) + safeLine(row.label);
}

function styleOf(marked: boolean, strong: boolean): Style[] {
  return [...(marked ? (['red'] as const) : []), ...(strong ? (['bold'] as const) : [])];
}

function cellText(
  rate: ReportRate | null,
  shape: Shape,
  plot: number,
  marked: boolean,
  casesOnly: boolean,
): string {
  if (rate === null) return ' '.repeat(shape.width);
  const cases = pad(grouped(rate.trials), shape.cases, 'right');
  if (casesOnly) return ' '.repeat(shape.width - shape.cases) + cases;
  const figures = `${marked ? MARK : ' '}${pad(estimateText(rate), shape.estimate, 'right')} ${pad(intervalText(rate), shape.interval, 'right')} ${cases}`;
  return plot === 0 ? figures : figures + GAP + plotted(rate, plot);
}

/** The interval drawn from 0 to 100: `├──●─┤`. */
function plotted({ estimate, low, high }: ReportRate, width: number): string {
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

function fitted(line: string, width: number): string {
  return cut(line.trimEnd(), width);
}
