/**
 * @module features/judge/labels/formats/read
 * People's labels from a file of any format. Every problem has its line and column, and one bad row spoils the file:
 * labels that are silently left out would bend every figure that stands on them.
 */
import type { LabelFormat } from './format.ts';
import type { Complain, LabelIssue, LabelIssues, ReadingIssues } from './issues.ts';
import { formatOf } from './registry.ts';
import type { LabelRow } from './row.ts';

/** What is in a file of labels. */
export interface ReadLabels {
  format: LabelFormat['name'];
  rows: LabelRow[];
}

/** More problems than this say nothing new. */
const MOST_ISSUES = 20;

/**
 * The labels in a file, in its order, or everything that is wrong with it.
 *
 * @example readLabels(bytes) // { format: 'csv', rows: [{ transcript: 't17', clause: 'be_honest', … }] }
 */
export function readLabels(bytes: Uint8Array): ReadLabels | LabelIssues<keyof ReadingIssues> {
  const issues: LabelIssue<keyof ReadingIssues>[] = [];
  const complain: Complain = ({ line, column }, code, data) => {
    issues.push({ code, line, column, data });
  };
  let text: string;
  try {
    // Drops a byte order mark.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    complain({ line: 1, column: 1 }, 'no-utf8', {});
    return { issues, more: 0 };
  }
  const rows: LabelRow[] = [];
  const format = formatOf(text);
  format.read(text, { row: (row) => rows.push(row), complain });
  if (issues.length === 0 && rows.length === 0) complain({ line: 1, column: 1 }, 'no-label', {});
  if (issues.length === 0) return { format: format.name, rows };
  return { issues: issues.slice(0, MOST_ISSUES), more: Math.max(0, issues.length - MOST_ISSUES) };
}
