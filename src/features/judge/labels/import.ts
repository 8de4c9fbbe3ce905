/**
 * @module features/judge/labels/import
 * Labels of a file into the ledger: all of them, or, where anything is wrong, none.
 */
import type { LabelRecord } from '../../../ledger/records.ts';
import { type Plan, transcriptId, transcriptIndex } from '../../../run/plan.ts';
import { nearest } from '../../../spec/locate.ts';
import { caseKey, type LabelCase } from './cases.ts';
import type { LabelIssue, LabelIssues } from './formats/issues.ts';
import type { LabelRow } from './formats/row.ts';

/** What there is to say of each thing in a file of labels that does not fit the run. */
export interface FittingIssues {
  'other-run': { named: string; run: string };
  'no-transcript': { word: string };
  beyond: { transcript: string; run: string; last: string };
  'unknown-clause': { clause: string; near: string | null };
  'other-words': { clause: string };
  'no-reply': { transcript: string; run: string };
  'not-tested': { transcript: string; clause: string };
  contradiction: {
    person: string;
    outcome: string;
    transcript: string;
    clause: string;
    /** What an earlier row of the same file says. */
    other: { line: number; column: number; outcome: string };
  };
}

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

/** What comes of a file's labels. */
export interface ImportedLabels {
  /** What is to be added; a label that changes an earlier one takes its place. */
  records: LabelRecord[];
  /** Rows that say what the ledger knows already. */
  known: number;
  /** Rows that say once more what another row says. */
  repeated: number;
  /** Labels that an earlier one of the same person gives way to: what it said. */
  changed: LabelRecord[];
}

/** What is to be added to the ledger, or every reason why nothing is. */
export function importLabels(
  target: ImportTarget,
  rows: readonly LabelRow[],
): ImportedLabels | LabelIssues<keyof FittingIssues> {
  const issues: FittingIssue[] = [];
  const cases = new Set(target.cases.map(caseKey));
  const replied = new Set(target.cases.map(({ sample }) => sample));
  const current = new Map(target.labels.map((label) => [labelKey(label), label]));
  const seen = new Map<string, { row: LabelRow; record: LabelRecord }>();
  let known = 0;
  let repeated = 0;
  const changed: LabelRecord[] = [];
  const records: LabelRecord[] = [];
  for (const row of rows) {
    const record = recordOf(target, row, cases, replied);
    if ('code' in record) {
      issues.push(record);
      continue;
    }
    const key = labelKey(record);
    const other = seen.get(key);
    if (other !== undefined) {
      if (isSame(other.record, record)) repeated++;
      else {
        const { line, column, outcome } = other.row;
        issues.push(
          issue(row, 'contradiction', {
            person: record.person,
            outcome: row.outcome,
            transcript: transcriptId(record.sample),
            clause: row.clause,
            other: { line, column, outcome },
          }),
        );
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
  if (issues.length === 0) return { records, known, repeated, changed };
  return { issues: issues.toSorted((a, b) => a.line - b.line || a.column - b.column), more: 0 };
}

type FittingIssue = LabelIssue<keyof FittingIssues>;

function issue<Code extends keyof FittingIssues>(
  { line, column }: LabelRow,
  code: Code,
  data: FittingIssues[Code],
): FittingIssue {
  return { code, line, column, data };
}

/** The label in a row, or why it does not fit the run. */
function recordOf(
  { run, plan, file, person, now }: ImportTarget,
  row: LabelRow,
  cases: ReadonlySet<string>,
  replied: ReadonlySet<number>,
): LabelRecord | FittingIssue {
  if (row.run !== null && !isRun(run.id, row.run)) {
    return issue(row, 'other-run', { named: row.run.slice(0, 40), run: run.id });
  }
  const sample = transcriptIndex(row.transcript);
  if (sample === null) {
    return issue(row, 'no-transcript', { word: row.transcript.slice(0, 40) });
  }
  const transcript = transcriptId(sample);
  if (sample >= run.samples) {
    return issue(row, 'beyond', { transcript, run: run.id, last: transcriptId(run.samples - 1) });
  }
  const clause = plan.clauses.find(({ id }) => id === row.clause);
  if (clause === undefined) {
    const ids = plan.clauses.map(({ id }) => id);
    const near = nearest(ids, row.clause)[0] ?? null;
    return issue(row, 'unknown-clause', { clause: row.clause.slice(0, 60), near });
  }
  if (row.clauseHash !== null && row.clauseHash !== clause.hash) {
    return issue(row, 'other-words', { clause: clause.id });
  }
  if (!replied.has(sample)) return issue(row, 'no-reply', { transcript, run: run.id });
  if (!cases.has(caseKey({ sample, clause: clause.id }))) {
    return issue(row, 'not-tested', { transcript, clause: clause.id });
  }
  return {
    run: run.ordinal,
    sample,
    clause: clause.id,
    clauseHash: clause.hash,
    person: row.person ?? person,
    outcome: row.outcome,
    severity: row.severity,
    note: row.note,
    inclusion: row.inclusion,
    source: file,
    time: now,
  };
}

/** A run may be named by how its id begins. */
function isRun(id: string, name: string): boolean {
  return name.length >= 4 && id.startsWith(name);
}

function labelKey(label: LabelRecord): string {
  return `${caseKey(label)} ${label.person}`;
}

function isSame(a: LabelRecord, b: LabelRecord): boolean {
  const sameWord = a.outcome === b.outcome && a.severity === b.severity && a.note === b.note;
  // A file that does not say how an item was drawn does not contradict one that does.
  return sameWord && (b.inclusion === null || a.inclusion === b.inclusion);
}
