/** @module features/judge/labels/formats/csv Labels in CSV whose first row names the columns. */
import { csvText, isFormula } from '../../../../text/csv.ts';
import { readTable } from './csv-table.ts';
import type { LabelFormat } from './format.ts';
import type { Complain, Place } from './issues.ts';
import { fieldNamed, type LabelField } from './row.ts';
import { COLUMNS } from './written.ts';

/** One row for each label, under a row of names in any order and case. What is nothing else is read as this. */
export const csv: LabelFormat = {
  name: 'csv',
  recognises: () => true,
  read: (text, sink) =>
    readTable(text, (names, places) => fieldsOf(names, places, sink.complain), sink),
  written: {
    extension: '.csv',
    print: (labels) => {
      const rows = labels.map((label) =>
        // What a label does not say is an empty cell.
        COLUMNS.map((column) => cellOf(String(label[column] ?? ''))),
      );
      return csvText([COLUMNS, ...rows]);
    },
  },
};

function fieldsOf(
  names: readonly string[],
  places: readonly Place[],
  complain: Complain,
): (LabelField | undefined)[] {
  const seen = new Set<LabelField>();
  const fields = names.map((name, index) => {
    const field = fieldNamed(name);
    if (field === undefined) return undefined;
    if (seen.has(field)) {
      const place = places[index] ?? { line: 1, column: 1 };
      complain(place, 'column-twice', { field, name: name.slice(0, 40) });
    }
    seen.add(field);
    return field;
  });
  const hasItem = seen.has('id') || (seen.has('transcript') && seen.has('clause'));
  if (!hasItem || !seen.has('outcome')) complain({ line: 1, column: 1 }, 'no-columns', {});
  return fields;
}

/** An apostrophe is taken off before a formula when labels are read, so one that belongs there gets another. */
function cellOf(text: string): string {
  return text.startsWith("'") && isFormula(text.replace(/^'+/, '')) ? `'${text}` : text;
}
