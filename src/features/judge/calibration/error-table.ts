/**
 * @module features/judge/calibration/error-table
 * Sensitivity and specificity side by side, a row for each part of the data.
 */

import type { Share } from '../../../report/certificate/schema.ts';
import { estimateText, intervalText, NOTHING, reasonsOf } from '../../../report/figures.ts';
import { cut, cutMiddle, hanging, pad } from '../../../text/layout.ts';
import { grouped } from '../../../text/numbers.ts';
import type { Paint } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';

/** A row of the table, or a heading between rows. */
export type ErrorRow =
  | { heading: string }
  | { label: string; sensitivity: Share; specificity: Share; indent?: number; strong?: boolean };

/** Narrower terminals have no room for the numbers of replies. */
const ROOMY = 60;
const GAP = { roomy: 2, narrow: 1 };
const CELL = { roomy: 22, narrow: 15 };
const LEAST_LABEL = 8;

/** The lines of the table, and below it why figures are missing. */
export function errorTable(
  title: string,
  rows: readonly ErrorRow[],
  { width, paint }: { width: number; paint: Paint },
): string[] {
  const roomy = width >= ROOMY;
  const size = roomy ? 'roomy' : 'narrow';
  const label = Math.max(LEAST_LABEL, width - 2 * (GAP[size] + CELL[size]));
  const gap = ' '.repeat(GAP[size]);
  const heads = ['sensitivity', 'specificity'].map((name) => headOf(name, roomy));
  const head = [pad(title, label), ...heads].join(gap);
  const lines = [paint('bold', cut(head.trimEnd(), width))];
  const shares: Share[] = [];
  for (const row of rows) {
    if ('heading' in row) {
      lines.push(paint('dim', cut(safeLine(row.heading), width)));
      continue;
    }
    const name = `${' '.repeat(row.indent ?? 0)}${safeLine(row.label)}`;
    const cells = [row.sensitivity, row.specificity].map((share) => cellOf(share, roomy));
    const line = [pad(cutMiddle(name, label), label), ...cells].join(gap).trimEnd();
    lines.push(row.strong ? paint('bold', cut(line, width)) : cut(line, width));
    shares.push(row.sensitivity, row.specificity);
  }
  for (const reason of reasonsOf(shares)) {
    const note = hanging(`  ${NOTHING} `, safeLine(reason), width);
    lines.push(...note.map((line) => paint('dim', line)));
  }
  return lines;
}

function headOf(name: string, roomy: boolean): string {
  return roomy
    ? pad(name, CELL.roomy - 6, 'right') + pad('n', 6, 'right')
    : pad(name, CELL.narrow, 'right');
}

function cellOf(share: Share, roomy: boolean): string {
  const interval = pad(intervalText(share), roomy ? 10 : 9, 'right');
  const figures = `${pad(estimateText(share), 5, 'right')} ${interval}`;
  return roomy ? `${figures} ${pad(grouped(share.trials), 5, 'right')}` : figures;
}

/** `90 % [85, 94], n 196`; a dash with the reason where there is no figure. */
export function shareText(share: Share): string {
  if (share.estimate === null) return `${NOTHING} (${share.reason ?? 'no data'})`;
  const interval =
    share.low === null ? `, no interval: ${share.reason}` : ` ${intervalText(share)}`;
  return `${estimateText(share)}${interval}, n ${grouped(share.trials)}`;
}
