/** @module report/sections/rates/counts-table In documents: what was counted beside every rate of a subject. */
import { sum } from '../../../stats/index.ts';
import { type Block, columnsOf, details, type TableRow } from '../../../text/blocks.ts';
import { estimateText, rangeText } from '../../../text/figures.ts';
import { grouped } from '../../../text/numbers.ts';
import type { Words } from '../../../text/words.ts';
import { levelName } from '../../page-names.ts';
import type { Report } from '../../schema.ts';
import type { ReportMeasure, ReportSubject } from './schema.ts';

const COLUMNS = columnsOf(
  ['Of'],
  [
    'Adheres',
    'Violates',
    'Critical',
    'Major',
    'Minor',
    'Not applicable',
    'Cannot judge',
    'Unsupported',
    'Missing',
    'Worst case',
    'At most',
  ],
);

/** The counts of one subject; the worst case and what may have been missed stand with them. */
export function countsBlock(subject: ReportSubject, { subjects }: Report): Block {
  const { id, overall, levels, kinds, clauses } = subject;
  const rows: TableRow[] = [
    rowOf('overall', overall),
    ...levels.map(({ level, ...measure }) => rowOf(levelName(level), measure)),
    ...(kinds.length > 1 ? kinds.map(({ kind, ...measure }) => rowOf(kind, measure)) : []),
    ...clauses.map((clause) => {
      const { rate, atMost } = clause;
      const most = atMost === undefined ? '' : estimateText({ ...rate, estimate: atMost });
      return rowOf([{ clause: clause.id }, ` ${clause.title}`], clause, most);
    }),
  ];
  const several = subjects.length > 1;
  return details(several ? ['Everything counted of ', { model: id }] : 'Everything counted', {
    type: 'table',
    columns: COLUMNS,
    rows,
  });
}

function rowOf(name: Words, { counts, severity, worstCase }: ReportMeasure, atMost = ''): TableRow {
  const { adheres, violates, not_applicable, cannot_judge, unsupported, missing } = counts;
  const { critical, major, minor } = severity;
  const without = sum(Object.values(missing));
  return {
    cells: [
      name,
      ...[adheres, violates, critical, major, minor].map(grouped),
      ...[not_applicable, cannot_judge, unsupported, without].map(grouped),
      rangeText(worstCase),
      atMost,
    ],
  };
}
