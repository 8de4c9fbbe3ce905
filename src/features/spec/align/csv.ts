/** @module features/spec/align/csv Two specs side by side, as a table for a spreadsheet. */

import { csvText } from '../../../text/csv.ts';
import { safeLine } from '../../../text/safe-text.ts';
import type { AlignedClause, AlignedPair, Alignment } from './schema.ts';

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
  return csvText(rows.map((row) => row.map(safeLine)));
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
  // Without a level the cell is empty.
  return clause === null ? ['', '', ''] : [clause.id, clause.title, clause.level ?? ''];
}
