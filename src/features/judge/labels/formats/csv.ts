/**
 * @module features/judge/labels/formats/csv
 * Labels in CSV whose first row names the columns; Scout's `id,target,split` is one of these.
 */
import { parse } from 'csv-parse/sync';
import {
  fieldNamed,
  type LabelField,
  type LabelSink,
  labelOfRow,
  type Place,
  type RawRow,
} from './row.ts';

/** Hands over every label of a CSV file. Columns that are none of ours are left alone. */
export function readCsvLabels(text: string, sink: LabelSink): void {
  const bytes = Buffer.from(text);
  let fields: (LabelField | undefined)[] | null = null;
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
        if (fields === null) fields = columnsOf(cells, starts, sink);
        else if (cells.some((cell) => cell.trim() !== '')) {
          const raw: RawRow = {};
          for (const [index, cell] of cells.entries()) {
            const field = fields[index];
            if (field !== undefined)
              raw[field] = { text: withoutGuard(cell), ...(starts[index] ?? start) };
          }
          const row = labelOfRow(raw, start, sink.complain);
          if (row !== null) sink.row(row);
        }
        return null;
      },
    });
  } catch (error) {
    // The parser's own count of lines is of the row that it could not read.
    sink.complain(
      place,
      `this is no CSV: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function columnsOf(
  names: readonly string[],
  places: readonly Place[],
  { complain }: LabelSink,
): (LabelField | undefined)[] {
  const seen = new Set<LabelField>();
  const fields = names.map((name, index) => {
    const field = fieldNamed(name);
    if (field === undefined) return undefined;
    if (seen.has(field)) {
      complain(
        places[index] ?? { line: 1, column: 1 },
        `a second column for the ${field}: '${name.slice(0, 40)}'. Rename one.`,
      );
    }
    seen.add(field);
    return field;
  });
  const hasItem = seen.has('id') || (seen.has('transcript') && seen.has('clause'));
  if (!hasItem || !seen.has('outcome')) {
    complain(
      { line: 1, column: 1 },
      "the first row must name the columns: 'transcript', 'clause' and 'outcome', or 'id' and 'target'.",
    );
  }
  return fields;
}

const LINE_END = /\r\n|\n|\r/g;

/** Where each cell of a record starts. Empty lines before the record are passed over. */
function cellPlaces(words: string, start: Place): Place[] {
  let at = /^[\r\n]*/.exec(words)?.[0].length ?? 0;
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
