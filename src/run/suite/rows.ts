/**
 * @module run/suite/rows
 * The rows of a suite file, JSON or CSV, handed over one by one so that nobody holds all of them.
 */
import { parse } from 'csv-parse/sync';
import { isRecord, parsedJson } from '../../model/json.ts';
import { nearest } from '../../spec/locate.ts';
import { type RowProblem, rowProblem } from './messages.ts';
import { ROW_FIELDS, type Row } from './row.ts';

/** Takes what is found in a file, in its order. */
export interface RowSink {
  row(row: Row): void;
  /** Something that can't be read as a row, and where. */
  problem(place: string, what: RowProblem): void;
}

/** Fields that only our own files have: a column of this name is somebody else's. */
const NOT_IN_CSV: ReadonlySet<string> = new Set(['source']);

const FIELD_OF_COLUMN: ReadonlyMap<string, string> = new Map(
  ROW_FIELDS.filter((field) => !NOT_IN_CSV.has(field)).map((field) => [field.toLowerCase(), field]),
);

/**
 * The rows of a CSV file whose first row names the columns, in any case. An empty cell says nothing: it is as
 * if the row had no such column.
 * @returns the names of columns that no field has
 */
export function readCsvRows(file: Uint8Array, sink: RowSink): string[] {
  let fields: (string | undefined)[] | null = null;
  const unused: string[] = [];
  const bytes = withoutMark(file);
  let from = 0;
  let line = 1;
  try {
    parse(bytes, {
      skip_empty_lines: true,
      trim: true,
      // What this returns is kept: nothing is, since the sink has had it.
      on_record: (cells: string[], { bytes: read }) => {
        // The parser's own count of lines takes CR LF within quotes for two.
        const end = beforeLineEnds(bytes, read);
        line += lineEnds(bytes, from, end);
        from = end;
        if (fields === null) fields = fieldsOf(cells, unused, sink);
        else {
          const value = valueOfCells(fields, cells);
          // The line that it starts on: cells in quotes may hold line ends.
          const start = cells.reduce((at, cell) => at - lineEndsIn(cell), line);
          if (value !== null) sink.row({ place: String(start), line: start, value });
        }
        return null;
      },
    });
  } catch (error) {
    const isLocated = error instanceof Error && 'lines' in error;
    const place = isLocated && typeof error.lines === 'number' ? error.lines : 1;
    sink.problem(String(place), rowProblem('no-csv', { reason: messageOf(error) }));
  }
  return unused;
}

/** Which field each column is; columns that are none are added to `unused`. */
function fieldsOf(
  names: readonly string[],
  unused: string[],
  sink: RowSink,
): (string | undefined)[] {
  const seen = new Set<string>();
  return names.map((name, index) => {
    const field = FIELD_OF_COLUMN.get(name.trim().toLowerCase());
    if (field === undefined) unused.push(name === '' ? `number ${index + 1}` : name);
    else if (seen.has(field)) sink.problem('1', rowProblem('column-twice', { name }));
    else seen.add(field);
    return field;
  });
}

/** What a row's cells say, by field; null where all of them are empty. */
function valueOfCells(
  fields: readonly (string | undefined)[],
  cells: readonly string[],
): Record<string, unknown> | null {
  const value: Record<string, unknown> = {};
  let isEmpty = true;
  for (const [index, cell] of cells.entries()) {
    if (cell.trim() === '') continue;
    isEmpty = false;
    const field = fields[index];
    if (field !== undefined) value[field] = cellValue(field, cell);
  }
  return isEmpty ? null : value;
}

function cellValue(field: string, cell: string): unknown {
  if (field === 'maxTokens' || field === 'max_tokens') return Number(cell);
  // Of what is no JSON the schema says that it is no list of tools.
  return field === 'tools' ? (parsedJson(cell) ?? cell) : cell;
}

const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/** How many line ends stand from one place to another: LF, CR LF or CR. */
function lineEnds(bytes: Uint8Array, from: number, to: number): number {
  let ends = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte === LINE_FEED || (byte === RETURN && bytes[at + 1] !== LINE_FEED)) ends++;
  }
  return ends;
}

function lineEndsIn(cell: string): number {
  // On one line there is no match.
  return cell.match(/\r\n|\n|\r/g)?.length ?? 0;
}

/** Where the words before a place end. */
function beforeLineEnds(bytes: Uint8Array, place: number): number {
  let end = place;
  while (end > 0 && (bytes[end - 1] === LINE_FEED || bytes[end - 1] === RETURN)) end--;
  return end;
}

/** The same bytes, without the mark that some programs put before UTF-8. */
function withoutMark({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return isMarked ? bytes.subarray(3) : bytes;
}

/** The rows of JSON lines or of a JSON array. A field that is null is as good as none. */
export function readJsonRows(file: Uint8Array, sink: RowSink): void {
  const bytes = withoutMark(file);
  if (/^\s*\[/.test(bytes.toString('latin1', 0, 1024))) {
    try {
      const list: unknown = JSON.parse(bytes.toString());
      if (Array.isArray(list)) {
        for (const [index, value] of list.entries()) {
          takeJson({ place: ` item ${index + 1}`, line: 1, value }, sink);
        }
        return;
      }
    } catch (error) {
      sink.problem('1', rowProblem('no-json', { reason: messageOf(error) }));
      return;
    }
  }
  let line = 0;
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, from);
    const words = bytes.toString('utf8', from, end === -1 ? undefined : end);
    from = end === -1 ? bytes.length : end + 1;
    line++;
    if (words.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(words);
    } catch (error) {
      sink.problem(String(line), rowProblem('no-json-line', { reason: messageOf(error) }));
      continue;
    }
    takeJson({ place: String(line), line, value }, sink);
  }
}

function takeJson(row: Row, sink: RowSink): void {
  const { value } = row;
  if (!isRecord(value)) {
    sink.row(row);
    return;
  }
  const given = Object.entries(value).filter(([, part]) => part !== null);
  const unknown = given.find(([field]) => !ROW_FIELDS.includes(field))?.[0];
  if (unknown !== undefined) {
    const [near = null] = nearest(ROW_FIELDS, unknown);
    sink.problem(
      row.place,
      rowProblem('no-such-field', { field: unknown, near, fields: ROW_FIELDS }),
    );
    return;
  }
  sink.row({ ...row, value: Object.fromEntries(given) });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
