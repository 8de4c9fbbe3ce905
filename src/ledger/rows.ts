/**
 * @module ledger/rows
 * From the database's rows to values: a line for the tally, or everything for whoever reads one sample.
 */
import type { SampleRecord, VerdictRecord } from './records.ts';

/** A verdict as the tally reads it: one row, no long texts. */
export interface VerdictRow {
  sample: number;
  judge: number;
  clause: string;
  outcome: VerdictRecord['outcome'];
  severity: VerdictRecord['severity'];
  cause: VerdictRecord['cause'];
  /** As of a sample. */
  call: string;
  input: number | null;
  output: number | null;
  cost: number | null;
}

export interface SampleRow {
  index: number;
  scenario: string;
  subject: number;
  repeat: number;
  outcome: SampleRecord['outcome'];
  reason: string | null;
  /** How the subject's last turn ended, as in its transcript. */
  finish: string | null;
  /** Marks the call it stands on: samples of equal questions share one. */
  call: string;
  input: number | null;
  output: number | null;
  cost: number | null;
}

/** Takes long texts out of JSON, and puts them back. */
export interface TextStore {
  deflate(value: unknown): string;
  inflate(json: string): unknown;
}

/** Rows come back as unknown values; these columns were written by this module with these types. */
export type Row = Record<string, unknown>;

/** A row of `samples`, without its transcript. */
export function toSampleRow(row: Row): SampleRow {
  return {
    index: Number(row.position),
    scenario: String(row.scenario),
    subject: Number(row.subject),
    repeat: Number(row.repeat),
    outcome: row.outcome as SampleRow['outcome'],
    reason: textOrNull(row.reason),
    finish: textOrNull(row.finish),
    call: firstCall(row),
    ...spending(row),
  };
}

/** A row of `verdicts`, without its long texts. */
export function toVerdictRow(row: Row): VerdictRow {
  return {
    sample: Number(row.position),
    judge: Number(row.judge),
    clause: String(row.clause),
    outcome: row.outcome as VerdictRow['outcome'],
    severity: row.severity as VerdictRow['severity'],
    cause: row.cause as VerdictRow['cause'],
    call: firstCall(row),
    ...spending(row),
  };
}

/** A row of `verdicts` with everything. */
export function toVerdict(row: Row, store: TextStore): VerdictRecord {
  const { reason, citations } = store.inflate(String(row.detail)) as Pick<
    VerdictRecord,
    'reason' | 'citations'
  >;
  const { input, output, cost } = spending(row);
  return {
    sample: Number(row.position),
    judge: Number(row.judge),
    clause: String(row.clause),
    clauseHash: String(row.clause_hash),
    outcome: row.outcome as VerdictRecord['outcome'],
    severity: row.severity as VerdictRecord['severity'],
    cause: row.cause as VerdictRecord['cause'],
    reason,
    citations,
    usage: { input, output },
    cost,
    calls: String(row.calls).split(' ').filter(Boolean),
  };
}

function spending(row: Row): { input: number | null; output: number | null; cost: number | null } {
  return {
    input: numberOrNull(row.input),
    output: numberOrNull(row.output),
    cost: numberOrNull(row.cost),
  };
}

/** Enough of a hash to tell the calls of one run apart. */
const CALL_MARK = 16;

function firstCall(row: Row): string {
  return String(row.calls).slice(0, CALL_MARK);
}

function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}

/** A column that may be empty. */
export function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
