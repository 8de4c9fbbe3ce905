/**
 * @module features/judge/labels/import
 * Labels of a file into the ledger: all of them, or, where anything is wrong, none.
 */
import type { LabelRecord } from '../../../ledger/records.ts';
import { type Plan, transcriptId, transcriptIndex } from '../../../run/plan.ts';
import { nearest } from '../../../spec/locate.ts';
import { caseKey, type LabelCase } from './cases.ts';
import type { LabelRow } from './formats/row.ts';

export interface ImportTarget {
  run: { ordinal: number; id: string; samples: number };
  plan: Plan;
  cases: readonly LabelCase[];
  /** Labels of the run that count now. */
  labels: readonly LabelRecord[];
  /** The file's name. */
  file: string;
  /** Who labelled, where a row does not say. */
  person: string;
  now: number;
}

export type Import =
  | {
      /** What is to be added; a label that changes an earlier one takes its place. */
      records: LabelRecord[];
      /** Rows that say what the ledger knows already. */
      known: number;
      /** Rows that say once more what another row says. */
      repeated: number;
      /** Labels that an earlier one of the same person gives way to: what it said. */
      changed: LabelRecord[];
    }
  | { problems: string[] };

/** What is to be added to the ledger, or every reason why nothing is: lines `file:line:column: what`. */
export function importLabels(target: ImportTarget, rows: readonly LabelRow[]): Import {
  const problems: { line: number; column: number; what: string }[] = [];
  const cases = new Set(target.cases.map(({ sample, clause }) => caseKey(sample, clause)));
  const replied = new Set(target.cases.map(({ sample }) => sample));
  const current = new Map(target.labels.map((label) => [labelKey(label), label]));
  const seen = new Map<string, { row: LabelRow; record: LabelRecord }>();
  let known = 0;
  let repeated = 0;
  const changed: LabelRecord[] = [];
  const records: LabelRecord[] = [];
  for (const row of rows) {
    const sample = transcriptIndex(row.transcript);
    const wrong = problemOf(target, row, sample, cases, replied);
    if (wrong !== null || sample === null) {
      problems.push({ line: row.line, column: row.column, what: wrong ?? '' });
      continue;
    }
    const record = recordOf(target, row, sample);
    const key = labelKey(record);
    const other = seen.get(key);
    if (other !== undefined) {
      if (isSame(other.record, record)) repeated++;
      else {
        const { line, column, outcome } = other.row;
        problems.push({
          line: row.line,
          column: row.column,
          what: `${record.person} says '${row.outcome}' of ${transcriptId(sample)}#${row.clause}, and line ${line}:${column} '${outcome}'. Keep one.`,
        });
      }
      continue;
    }
    seen.set(key, { row, record });
    const stored = current.get(key);
    if (stored !== undefined && isSame(stored, record)) {
      known++;
      continue;
    }
    if (stored !== undefined) changed.push(stored);
    records.push(record);
  }
  if (problems.length === 0) return { records, known, repeated, changed };
  const lines = problems
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map(({ line, column, what }) => `${target.file}:${line}:${column}: ${what}`);
  return { problems: lines };
}

function problemOf(
  { run, plan }: ImportTarget,
  row: LabelRow,
  sample: number | null,
  cases: ReadonlySet<string>,
  replied: ReadonlySet<number>,
): string | null {
  if (row.run !== null && !isRun(run.id, row.run)) {
    return `this label is of run ${row.run.slice(0, 40)}, and not of ${run.id}.`;
  }
  if (sample === null) return `'${row.transcript.slice(0, 40)}' is no transcript. Write it as t17.`;
  if (sample >= run.samples) {
    return `there is no transcript ${transcriptId(sample)}: run ${run.id} has t1 to ${transcriptId(run.samples - 1)}.`;
  }
  const clause = plan.clauses.find(({ id }) => id === row.clause);
  if (clause === undefined) {
    const near = nearest(
      plan.clauses.map(({ id }) => id),
      row.clause,
    )[0];
    const hint = near === undefined ? '' : ` Is it #${near}?`;
    return `the spec has no clause #${row.clause.slice(0, 60)}.${hint}`;
  }
  if (row.clauseHash !== null && row.clauseHash !== clause.hash) {
    return `it was labelled against other words of #${clause.id} than this run is judged by. Label it anew.`;
  }
  if (!replied.has(sample)) {
    return `${transcriptId(sample)} has no reply to label. 'tenet show ${run.id} ${transcriptId(sample)}' says why.`;
  }
  if (!cases.has(caseKey(sample, clause.id))) {
    return `${transcriptId(sample)} does not test #${clause.id}.`;
  }
  return null;
}

/** A run may be named by how its id begins. */
function isRun(id: string, name: string): boolean {
  return name.length >= 4 && id.startsWith(name);
}

function recordOf(
  { run, plan, file, person, now }: ImportTarget,
  row: LabelRow,
  sample: number,
): LabelRecord {
  return {
    run: run.ordinal,
    sample,
    clause: row.clause,
    clauseHash: plan.clauses.find(({ id }) => id === row.clause)?.hash ?? '',
    person: row.person ?? person,
    outcome: row.outcome,
    severity: row.severity,
    note: row.note,
    inclusion: row.inclusion,
    source: file,
    time: now,
  };
}

function labelKey({ sample, clause, person }: LabelRecord): string {
  return `${caseKey(sample, clause)} ${person}`;
}

function isSame(a: LabelRecord, b: LabelRecord): boolean {
  const sameWord = a.outcome === b.outcome && a.severity === b.severity && a.note === b.note;
  // A file that does not say how an item was drawn does not contradict one that does.
  return sameWord && (b.inclusion === null || a.inclusion === b.inclusion);
}
