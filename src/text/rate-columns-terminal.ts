/**
 * @module text/rate-columns-terminal
 * Rates of several measures side by side in a terminal, in columns that are as wide in every such table.
 */
import { reasonLines } from './bars-terminal.ts';
import type { Bars } from './blocks.ts';
import { estimateText, intervalText, type RateFigure } from './figures.ts';
import { cut, cutMiddle, pad } from './layout.ts';
import { grouped } from './numbers.ts';
import type { Paint } from './paint.ts';
import { safeLine } from './safe-text.ts';
import { shownText } from './words.ts';

interface TableSettings extends Pick<Bars, 'title' | 'subjects' | 'rows'> {
  width: number;
  paint: Paint;
}

/** Narrower terminals have no room for the numbers of cases. */
const ROOMY = 60;
const ESTIMATE = 5;
/** With the space before them. */
const CASES = 6;
const LEAST_LABEL = 8;

/** What a column takes of the width, with the gap before it. */
interface Shape {
  gap: string;
  interval: number;
  hasCases: boolean;
  cell: number;
}

/** The lines of the table, and below it why figures are missing. */
export function rateColumnsLines({ title, subjects, rows, width, paint }: TableSettings): string[] {
  const shape = shapeFor(width);
  const columns = subjects.length * (shape.gap.length + shape.cell);
  const label = Math.max(LEAST_LABEL, width - columns);
  const heads = subjects.map(({ id }) => headOf(safeLine(id), shape));
  const head = [pad(safeLine(title), label), ...heads].join(shape.gap);
  const lines = [paint('bold', cut(head.trimEnd(), width))];
  for (const row of rows) {
    if ('heading' in row) {
      lines.push(paint('dim', cut(safeLine(row.heading), width)));
      continue;
    }
    const name = `${' '.repeat(row.indent ?? 0)}${safeLine(shownText(row.label))}`;
    const cells = subjects.map((_, place) => cellOf(row.rates[place] ?? null, shape));
    const line = [pad(cutMiddle(name, label), label), ...cells].join(shape.gap).trimEnd();
    lines.push(row.strong === true ? paint('bold', cut(line, width)) : cut(line, width));
  }
  return [...lines, ...reasonLines({ rows, width, paint })];
}

function shapeFor(width: number): Shape {
  const hasCases = width >= ROOMY;
  const interval = hasCases ? 10 : 9;
  const figures = ESTIMATE + 1 + interval;
  const cell = figures + (hasCases ? CASES : 0);
  return { gap: hasCases ? '  ' : ' ', interval, hasCases, cell };
}

function headOf(name: string, { hasCases, cell }: Shape): string {
  return hasCases
    ? pad(name, cell - CASES, 'right') + pad('n', CASES, 'right')
    : pad(name, cell, 'right');
}

function cellOf(rate: RateFigure | null, { interval, hasCases, cell }: Shape): string {
  if (rate === null) return ' '.repeat(cell);
  const range = pad(intervalText(rate), interval, 'right');
  const figures = `${pad(estimateText(rate), ESTIMATE, 'right')} ${range}`;
  return hasCases ? `${figures} ${pad(grouped(rate.trials), CASES - 1, 'right')}` : figures;
}
