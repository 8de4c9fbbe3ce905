/**
 * @module features/judge/labels/formats/written
 * A label as it is written to a file, from which it goes in again as it came out.
 */
import type { LabelRecord } from '../../../../ledger/records.ts';
import { transcriptId } from '../../../../run/plan.ts';

/** What is written of a label, in this order. */
export const COLUMNS = [
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

/** A label by the names of its columns. */
export type WrittenLabel = Record<(typeof COLUMNS)[number], string | number | null>;

/** What is written of a label of the run with this id. */
export function writtenLabel(run: string, label: LabelRecord): WrittenLabel {
  return {
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
  };
}
