/**
 * @module features/judge/labels/export
 * The labels of a run as a file that goes in again as it came out.
 */

import type { LabelRecord } from '../../../ledger/records.ts';
import { transcriptId } from '../../../run/plan.ts';
import { csvText, isFormula } from '../../../text/csv.ts';

const COLUMNS = [
  'run',
  'transcript',
  'clause',
  'outcome',
  'severity',
  'person',
  'note',
  'inclusion',
  'clause_hash',
  'source',
] as const;

/** One row per label, as CSV with a header or as JSON lines. */
export function labelsAs(
  format: 'csv' | 'jsonl',
  run: string,
  labels: readonly LabelRecord[],
): string {
  const rows = labels.map(
    (label): Record<(typeof COLUMNS)[number], string | number | null> => ({
      run,
      transcript: transcriptId(label.sample),
      clause: label.clause,
      outcome: label.outcome,
      severity: label.severity,
      person: label.person,
      note: label.note,
      inclusion: label.inclusion,
      clause_hash: label.clauseHash,
      source: label.source,
    }),
  );
  if (format === 'jsonl') return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const lines = rows.map((row) => COLUMNS.map((column) => cellOf(String(row[column] ?? ''))));
  return csvText([COLUMNS, ...lines]);
}

/** An apostrophe is taken off before a formula when labels are read, so one that belongs there gets another. */
function cellOf(text: string): string {
  return text.startsWith("'") && isFormula(text.replace(/^'+/, '')) ? `'${text}` : text;
}
