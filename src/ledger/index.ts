/**
 * @module ledger
 * The store of calls, runs, transcripts, verdicts and labels: one SQLite file, rows only added.
 *
 * @example
 * const opened = openLedger('.tenet/ledger.db', { write: false });
 * if (opened.ok) for (const run of opened.ledger.runs.list()) console.log(run.id, run.state);
 */
export type { CertificateStore } from './certificates.ts';
export { LedgerDamageError } from './damage.ts';
export type { LabelStore } from './labels.ts';
export { type Ledger, type OpenResult, openLedger } from './ledger.ts';
export type * from './records.ts';
export { SEVERITIES } from './records.ts';
export type { RoundStore } from './rounds.ts';
export type { RunRecord, RunStore } from './runs.ts';
export { LedgerWriteError } from './writes.ts';
