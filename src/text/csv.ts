/** @module text/csv Tables as CSV (RFC 4180) that no spreadsheet takes for formulas. */
import { stringify } from 'csv-stringify/sync';

/** What a spreadsheet begins a formula with, full-width forms included. */
const FORMULA = /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]/;

/** Spreadsheets of some countries end a cell at a semicolon, and many readers trim. */
const QUOTED = /[;\n\r]|^\s|\s$/;

/** Whether a spreadsheet would calculate a text instead of showing it. */
export function isFormula(text: string): boolean {
  return FORMULA.test(text);
}

/** One line for each row, ended by CR LF; what begins like a formula gets an apostrophe before it. */
export function csvText(rows: readonly (readonly string[])[]): string {
  // The package's own guard overlooks a formula after white space.
  const guarded = rows.map((row) => row.map((cell) => (isFormula(cell) ? `'${cell}` : cell)));
  return stringify(guarded, { record_delimiter: '\r\n', quoted_match: QUOTED });
}
