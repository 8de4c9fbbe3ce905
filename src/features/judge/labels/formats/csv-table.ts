/**
 * @module features/judge/labels/formats/csv-table
 * A table in CSV, row by row, each cell with its place.
 */
import { parse } from 'csv-parse/sync';
import { messageOf } from '../../../../app/errors.ts';
import type { Place } from './issues.ts';
import { handOver, type LabelField, type LabelSink, type RawRow } from './row.ts';

/** The fields that columns hold, by the names in the first row; undefined where a column is none of ours. */
export type FieldsOf = (
  names: readonly string[],
  places: readonly Place[],
) => readonly (LabelField | undefined)[];

/** Hands over the label of every row after the first. Columns that hold no field are left alone. */
export function readTable(text: string, fieldsOf: FieldsOf, sink: LabelSink): void {
  const bytes = Buffer.from(text);
  let fields: ReturnType<FieldsOf> | null = null;
  let place = { line: 1, column: 1 };
  let from = 0;
  try {
    parse(bytes, {
      skip_empty_lines: true,
      on_record: (cells: string[], { bytes: read }) => {
        const words = bytes.subarray(from, read).toString();
        from = read;
        const starts = cellPlaces(words, place);
        place = placeAfter(words, place);
        const start = starts[0] ?? place;
        if (fields === null) fields = fieldsOf(cells, starts);
        else if (cells.some((cell) => cell.trim() !== '')) {
          const raw: RawRow = {};
          for (const [index, cell] of cells.entries()) {
            const field = fields[index];
            if (field !== undefined)
              raw[field] = { text: withoutGuard(cell), ...(starts[index] ?? start) };
          }
          handOver(raw, start, sink);
        }
        return null;
      },
    });
  } catch (error) {
    // The parser's own count of lines is of the row that it could not read.
    sink.complain(place, 'no-csv', { reason: messageOf(error) });
  }
}

const LINE_END = /\r\n|\n|\r/g;

/** Where each cell of a record starts. Empty lines before the record are passed over. */
function cellPlaces(words: string, start: Place): Place[] {
  let at = words.search(/[^\r\n]|$/);
  let { line, column } = placeAfter(words.slice(0, at), start);
  const places = [{ line, column }];
  let isQuoted = false;
  for (; at < words.length; at++) {
    const character = words[at];
    if (character === '"') isQuoted = !isQuoted;
    column++;
    if (character === ',' && !isQuoted) places.push({ line, column });
    if (character === '\n' || (character === '\r' && words[at + 1] !== '\n')) {
      line++;
      column = 1;
    }
  }
  return places;
}

function placeAfter(words: string, { line, column }: Place): Place {
  const ends = [...words.matchAll(LINE_END)];
  const last = ends.at(-1);
  if (last === undefined) return { line, column: column + words.length };
  return { line: line + ends.length, column: words.length - last.index - last[0].length + 1 };
}

/** The apostrophe that keeps a spreadsheet from taking a text for a formula is no part of the text. */
function withoutGuard(cell: string): string {
  return cell.replace(/^'(?='*\s*[=+\-@\uff0b\uff0d\uff1d\uff20])/, '');
}
