/**
 * @module ledger/rows
 * From the database's rows to values: a line for the tally, or everything for whoever reads one sample.
 */
import { damaged } from './damage.ts';
import type { Insert, Row } from './database.ts';
import {
  CAUSES,
  SAMPLE_OUTCOMES,
  type SampleRecord,
  SEVERITIES,
  VERDICT_OUTCOMES,
  type VerdictRecord,
} from './records.ts';
import { columnsOf, insertOf, sealOf, soundRow } from './tables.ts';
import type { TextStore } from './texts.ts';
import {
  type Ending,
  finishOf,
  logOf,
  type TranscriptLog,
  type TranscriptMessage,
} from './transcript.ts';

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

/** Enough of a hash to tell the calls of one run apart. */
const CALL_MARK = 16;

/** What is read of `samples` and `verdicts` by whoever counts. */
export const SAMPLE = columnsOf('samples');
export const VERDICT = columnsOf('verdicts');

/** A row of `samples` as the tally reads it. Throws where no sample of ours can be so. */
export function sampleRow(given: Row): SampleRow {
  const row = soundSample(given);
  return {
    index: row.position,
    scenario: row.scenario,
    subject: row.subject,
    repeat: row.repeat,
    outcome: row.outcome,
    reason: row.reason,
    finish: row.finish,
    call: callMark(row),
    input: row.input,
    output: row.output,
    cost: row.cost,
  } as SampleRow;
}

/** A row of `verdicts` as the tally reads it. Throws where no verdict of ours can be so. */
export function verdictRow(given: Row): VerdictRow {
  const row = soundVerdict(given);
  return {
    sample: row.position,
    judge: row.judge,
    clause: row.clause,
    outcome: row.outcome,
    severity: row.severity,
    cause: row.cause,
    call: callMark(row),
    input: row.input,
    output: row.output,
    cost: row.cost,
  } as VerdictRow;
}

function callMark({ calls }: Row): string {
  return String(calls).slice(0, CALL_MARK);
}

function soundSample(row: Row): Row {
  soundRow('samples', row);
  oneOf(SAMPLE_OUTCOMES, row.outcome, 'outcome');
  return row;
}

function soundVerdict(row: Row): Row {
  soundRow('verdicts', row);
  oneOf(VERDICT_OUTCOMES, row.outcome, 'outcome');
  if (row.severity !== null) oneOf(SEVERITIES, row.severity, 'severity');
  if (row.cause !== null) oneOf(CAUSES, row.cause, 'cause');
  return row;
}

/** Throws where a sample has another number of verdicts than it was written with. */
export function checkWhole({ position, outcome, verdicts }: Row, found: number): void {
  // Older ledgers don't say how many there were.
  const isWhole = verdicts === null ? outcome !== 'replied' || found > 0 : found === verdicts;
  if (!isWhole) damaged(`transcript ${Number(position) + 1} without its verdicts`);
}

function oneOf(known: readonly unknown[], value: unknown, what: string): void {
  if (!known.includes(value)) damaged(`the ${what} ${JSON.stringify(value)}`);
}

/** The rows that a finished sample becomes, as one more attempt at it, with the texts that they refer to. */
export function sampleInserts(
  { run, attempt }: { run: number; attempt: number },
  sample: SampleRecord,
  verdicts: readonly VerdictRecord[],
  texts: TextStore,
): Insert[] {
  const rows: Insert[] = [];
  const { scenario, subject, repeat, outcome, reason } = sample;
  const transcript = texts.deflate(sample.transcript, rows);
  const about = { run, position: sample.index, attempt };
  rows.push(
    insertOf('samples', {
      ...about,
      ...{ scenario, subject, repeat, outcome, reason },
      finish: finishOf(sample.transcript),
      transcript,
      ...spent(sample),
      seal: sealOf(transcript),
      verdicts: verdicts.length,
    }),
  );
  for (const verdict of verdicts) {
    const detail = texts.deflate({ reason: verdict.reason, citations: verdict.citations }, rows);
    rows.push(
      insertOf('verdicts', {
        ...about,
        judge: verdict.judge,
        clause: verdict.clause,
        clause_hash: verdict.clauseHash,
        outcome: verdict.outcome,
        severity: verdict.severity,
        cause: verdict.cause,
        detail,
        ...spent(verdict),
        seal: sealOf(detail),
      }),
    );
  }
  return rows;
}

function spent({ usage, cost, calls }: SampleRecord | VerdictRecord) {
  return { input: tokens(usage.input), output: tokens(usage.output), cost, calls: calls.join(' ') };
}

/** Providers may say what they like; what is no number to JavaScript could not be read again. */
function tokens(count: number | null): number | null {
  return count === null ? null : Math.min(count, Number.MAX_SAFE_INTEGER);
}

/** A sample and its verdicts with everything, from their rows. */
export async function readSample(
  row: Row,
  verdicts: readonly Row[],
  texts: TextStore,
): Promise<{ sample: SampleRecord; verdicts: VerdictRecord[] }> {
  const { position, scenario, subject, repeat, outcome, reason } = soundSample(row);
  checkWhole(row, verdicts.length);
  const documents = [
    sealed(row, 'transcript'),
    ...verdicts.map((verdict) => sealed(soundVerdict(verdict), 'detail')),
  ];
  const [transcript, ...details] = await texts.inflate(documents);
  return {
    sample: {
      index: position,
      ...{ scenario, subject, repeat, outcome, reason },
      cost: row.cost,
      ...used(row),
      transcript: asLog(transcript, row),
    } as SampleRecord,
    verdicts: verdicts.map((verdict, place) => {
      const { judge, clause, clause_hash: clauseHash, severity, cause } = verdict;
      const found = { judge, clause, clauseHash, outcome: verdict.outcome, severity, cause };
      const told = details[place] as Pick<VerdictRecord, 'reason' | 'citations'>;
      return {
        sample: position,
        ...found,
        cost: verdict.cost,
        ...used(verdict),
        ...told,
      } as VerdictRecord;
    }),
  };
}

function used({ input, output, calls }: Row) {
  return { usage: { input, output }, calls: String(calls).split(' ').filter(Boolean) };
}

/** A long column, checked where its row has a seal for it. */
function sealed(row: Row, column: string): string {
  const text = String(row[column]);
  if (row.seal !== null && row.seal !== sealOf(text)) damaged(`a ${column} that was changed`);
  return text;
}

/** A transcript as it is kept; that of an older ledger is made of its messages. */
function asLog(kept: unknown, row: Row): TranscriptLog {
  if (Array.isArray(kept)) return kept;
  const { messages } = kept as { messages: TranscriptMessage[] };
  const { outcome, reason, finish, cost } = row as unknown as SampleRow;
  const { usage, calls } = used(row);
  return logOf(messages, { outcome, reason, call: calls[0], usage, cost, finish } as Ending);
}
