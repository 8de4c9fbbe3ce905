/** @module report/align-csv Two specs side by side, as a table for a spreadsheet. */

import { safeLine } from '../../../text/safe-text.ts';
import type { AlignedClause, AlignedPair, Alignment } from './index.ts';

const HEAD = [
  'first_id',
  'first_title',
  'first_level',
  'second_id',
  'second_title',
  'second_level',
  'similarity',
  'match',
  'words',
  'relation',
  'reason',
];

/** One row for each pair and for each clause without a partner (`only_first`, `only_second`). */
export function alignmentCsv({ pairs, onlyFirst, onlySecond }: Alignment): string {
  const rows = [
    HEAD,
    ...pairs.map(pairRow),
    ...onlyFirst.map((clause) => loneRow(clause, null, 'only_first')),
    ...onlySecond.map((clause) => loneRow(null, clause, 'only_second')),
  ];
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function pairRow({ first, second, similarity, match, words, judgement }: AlignedPair): string[] {
  const said =
    judgement === null
      ? ['', '']
      : judgement.relation === null
        ? ['undetermined', judgement.undetermined]
        : [judgement.relation, judgement.reason];
  return [
    ...cellsOf(first),
    ...cellsOf(second),
    similarity.toFixed(3),
    match,
    words.join(' '),
    ...said,
  ];
}

function loneRow(
  first: AlignedClause | null,
  second: AlignedClause | null,
  what: string,
): string[] {
  return [...cellsOf(first), ...cellsOf(second), '', what, '', '', ''];
}

function cellsOf(clause: AlignedClause | null): string[] {
  return clause === null ? ['', '', ''] : [clause.id, clause.title, clause.level ?? ''];
}

/**
 * A cell that a spreadsheet takes for text: what begins like a formula gets an apostrophe before it, and what
 * would end the cell is quoted.
 */
export function csvCell(text: string): string {
  const line = safeLine(text);
  const plain = /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]/.test(line) ? `'${line}` : line;
  return /[",\n\r;]|^\s|\s$/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
