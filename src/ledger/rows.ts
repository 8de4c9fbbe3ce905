/**
 * @module ledger/rows
 * From the database's rows to values: a line for the tally, or everything for whoever reads one sample.
 */
import { damaged } from './damage.ts';
import {
  CAUSES,
  SAMPLE_OUTCOMES,
  type SampleRecord,
  SEVERITIES,
  VERDICT_OUTCOMES,
  type VerdictRecord,
} from './records.ts';

/** Tokens, and US dollars; null where it is not known. */
interface Spent {
  /** Marks the call it stands on: equal questions share one. */
  call: string;
  input: number | null;
  output: number | null;
  cost: number | null;
}

/** A verdict as the tally reads it: one row, no long texts. */
export interface VerdictRow
  extends Spent,
    Pick<VerdictRecord, 'sample' | 'judge' | 'clause' | 'outcome' | 'severity' | 'cause'> {}

export interface SampleRow
  extends Spent,
    Omit<SampleRecord, 'transcript' | 'usage' | 'cost' | 'calls'> {
  /** How the subject's last turn ended, as in its transcript. */
  finish: string | null;
}

/** Takes long texts out of JSON, and puts them back. */
export interface TextStore {
  deflate(value: unknown): string;
  inflate(json: string): unknown;
}

/** Rows come back as unknown values; these columns were written by this module with these types. */
export type Row = Record<string, unknown>;

/** Enough of a hash to tell the calls of one run apart. */
const CALL_MARK = `substr(calls, 1, 16) AS call`;

/** The columns of `samples` that make a `SampleRow`. */
export const SAMPLE_ROW = `position AS "index", scenario, subject, repeat, outcome, reason, finish,
  ${CALL_MARK}, input, output, cost`;

/** The columns of `verdicts` that make a `VerdictRow`. */
export const VERDICT_ROW = `position AS sample, judge, clause, outcome, severity, cause,
  ${CALL_MARK}, input, output, cost`;

/** The columns of `verdicts` that `toVerdict` reads. */
export const VERDICT = `position AS sample, judge, clause, clause_hash AS clauseHash, outcome, severity,
  cause, detail, input, output, cost, calls`;

/** The same row of `samples`. Throws where no sample of ours can be so. */
export function soundSample(row: Row): Row {
  oneOf(SAMPLE_OUTCOMES, row.outcome, 'outcome');
  return row;
}

/** The same row of `verdicts`. Throws where no verdict of ours can be so. */
export function soundVerdict(row: Row): Row {
  oneOf(VERDICT_OUTCOMES, row.outcome, 'outcome');
  if (row.severity !== null) oneOf(SEVERITIES, row.severity, 'severity');
  if (row.cause !== null) oneOf(CAUSES, row.cause, 'cause');
  return row;
}

function oneOf(known: readonly unknown[], value: unknown, what: string): void {
  if (!known.includes(value)) damaged(`the ${what} ${JSON.stringify(value)}`);
}

type Stored<Record extends SampleRecord | VerdictRecord> = Omit<Record, 'usage' | 'calls'> &
  Pick<SampleRow, 'input' | 'output'> & { calls: string };

/** What a row of `samples` or `verdicts` says, its tokens and calls as records have them. */
export function toRecord<Record extends SampleRecord | VerdictRecord>(row: Row) {
  const { input, output, calls, ...rest } = row as unknown as Stored<Record>;
  return { ...rest, usage: { input, output }, calls: calls.split(' ').filter(Boolean) };
}

/** A row of `verdicts` with everything. */
export function toVerdict({ detail, ...row }: Row, store: TextStore): VerdictRecord {
  const told = store.inflate(String(detail)) as Pick<VerdictRecord, 'reason' | 'citations'>;
  return { ...toRecord<VerdictRecord>(soundVerdict(row)), ...told };
}
