/**
 * @module features/judge/labels/formats/read
 * People's labels from a file: CSV, JSON lines, the JSON that Label Studio exports, and the validation sets of
 * Inspect Scout (`id,target,split`). Every problem has its line and column, and one bad row spoils the file: labels
 * that are silently left out would bend every figure that stands on them.
 */
import { readCsvLabels } from './csv.ts';
import { readJsonLabels } from './json-lines.ts';
import type { LabelFormat, LabelRow, LabelSink } from './row.ts';

export type ReadLabels = { rows: LabelRow[] } | { problems: string[] };

/** More problems than this say nothing new. */
const MOST_PROBLEMS = 20;

/**
 * The labels in a file, in its order, or everything that is wrong with it as lines `file:line:column: what`.
 *
 * @param bytes the file
 * @param file its name, for problems
 * @example readLabels(bytes, 'labels.csv', 'auto') // { rows: [{ transcript: 't17', clause: 'be_honest', … }] }
 */
export function readLabels(
  bytes: Uint8Array,
  file: string,
  format: LabelFormat = 'auto',
): ReadLabels {
  let text: string;
  try {
    // Drops a byte order mark.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return {
      problems: [`${file}:1:1: this is no UTF-8 text. Save the file as UTF-8 and try again.`],
    };
  }
  const rows: LabelRow[] = [];
  const problems: string[] = [];
  const sink: LabelSink = {
    row: (row) => rows.push(row),
    complain: ({ line, column }, what) => problems.push(`${file}:${line}:${column}: ${what}`),
  };
  const isJson =
    format === 'auto' ? /^\s*[[{]/.test(text) : format === 'jsonl' || format === 'label-studio';
  if (isJson) readJsonLabels(text, format, sink);
  else readCsvLabels(text, sink);
  if (problems.length === 0 && rows.length === 0)
    problems.push(`${file}:1:1: there is no label in this file.`);
  if (problems.length > MOST_PROBLEMS) {
    const more = problems.length - MOST_PROBLEMS;
    problems.splice(MOST_PROBLEMS, more, `${file}: ${more} more like these.`);
  }
  return problems.length === 0 ? { rows } : { problems };
}
