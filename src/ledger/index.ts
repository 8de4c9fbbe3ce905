/**
 * @module ledger
 * The store of calls, runs, transcripts, verdicts and labels: a SQLite file or a PostgreSQL database, rows only added.
 *
 * @example
 * const opened = await openLedger('.tenet/ledger.db', { write: false });
 * if (opened.ok) for (const run of await opened.ledger.runs.list()) console.log(run.id, run.state);
 */
export type { CertificateStore } from './certificates.ts';
export { LedgerDamageError } from './damage.ts';
export type { LabelStore } from './labels.ts';
export { type Access, type Ledger, type OpenResult, openLedger, RunHeldError } from './ledger.ts';
export type { Migration } from './migrations.ts';
export { collect, type Pages } from './pages.ts';
export type * from './records.ts';
export { SEVERITIES } from './records.ts';
export type { RoundReader } from './rounds.ts';
export type { RunWriter } from './run-writer.ts';
export type { RunReader, RunRecord } from './runs.ts';
export { LedgerWriteError } from './writes.ts';
