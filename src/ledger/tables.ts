/**
 * @module ledger/tables
 * The columns of our tables, and the mark that each row carries: a checksum over them, by which a row is known again
 * as one that we wrote. Rows of ledgers older than marks have none, and are taken as they are.
 */
import { crc32 } from 'node:zlib';
import { damaged } from './damage.ts';
import type { Insert, Queries, Row, Value } from './database.ts';

/** What a row's mark speaks of, in this order. `texts` are known by their digests, and have no mark. */
const COLUMNS = {
  calls: [
    ...['hash', 'model', 'final', 'request', 'answer', 'cost', 'attempts', 'started', 'elapsed'],
  ],
  runs: ['id', 'plan_hash', 'simulated', 'samples', 'plan', 'created'],
  run_scenarios: ['run', 'position', 'scenario'],
  run_events: ['run', 'time', 'kind', 'detail'],
  samples: [
    ...['run', 'position', 'attempt', 'scenario', 'subject', 'repeat', 'outcome', 'reason'],
    ...['finish', 'input', 'output', 'cost', 'calls', 'seal', 'verdicts'],
  ],
  verdicts: [
    ...['run', 'position', 'attempt', 'judge', 'clause', 'clause_hash', 'outcome', 'severity'],
    ...['cause', 'input', 'output', 'cost', 'calls', 'seal'],
  ],
  labels: [
    ...['run', 'position', 'attempt', 'clause', 'clause_hash', 'person', 'outcome', 'severity'],
    ...['note', 'inclusion', 'source', 'time'],
  ],
  label_queues: ['run', 'person', 'design', 'items', 'created'],
  certificates: ['hash', 'judge', 'prompt', 'spec', 'simulated', 'created', 'body'],
  rounds: ['run', 'round', 'time', 'detail'],
} as const satisfies Record<string, readonly string[]>;

export type Table = keyof typeof COLUMNS;

/** The columns of a table that are read together, its mark among them. */
export function columnsOf(table: Table): string {
  return `${COLUMNS[table].join(', ')}, mark`;
}

/** A row to be added to a table, with its mark. */
export function insertOf(table: Table, row: Record<string, Value>, once?: 'once'): Insert {
  const kept: Record<string, Value> = {};
  for (const column in row) {
    const value = row[column] ?? null;
    kept[column] = typeof value === 'string' ? storable(value) : value;
  }
  kept.mark = markOf(table, kept);
  return once === undefined ? { table, row: kept } : { table, row: kept, once: true };
}

/** The same row. Throws where its mark is not that of what stands in it. */
export function soundRow(table: Table, row: Row): Row {
  const { mark } = row;
  if (mark !== null && mark !== markOf(table, row)) damaged(`a row of ${table} that was changed`);
  return row;
}

/**
 * All rows of a table that has few, in the order of some columns. It is read whole, past its indexes: an index of which a
 * page was changed leaves rows out without a word, and so does a condition that another table's rows do not meet.
 */
export async function wholeTable(
  { all }: Pick<Queries, 'all'>,
  table: Table,
  key: 'id' | 'ordinal',
  order: string = key,
): Promise<Row[]> {
  const rows = await all(`SELECT ${key}, ${columnsOf(table)} FROM ${table} ORDER BY ${order}`);
  return rows.map((row) => soundRow(table, row));
}

/** A checksum of a long column, so that a row's mark speaks of it where it is not read. */
export function sealOf(text: string): number {
  return crc32(text);
}

function markOf(table: Table, row: Row): number {
  let text = table as string;
  for (const column of COLUMNS[table]) {
    const value = row[column];
    text += value instanceof Uint8Array ? `\n${Buffer.from(value).toString('hex')}` : `\n${value}`;
  }
  return crc32(text);
}

/** A text as a column keeps it: no database has half of a character, and PostgreSQL no NUL. */
export function storable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '\u2400') : whole;
}
