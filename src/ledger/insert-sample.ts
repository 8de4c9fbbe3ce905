/** @module ledger/insert-sample Writes what became of one planned sample, as one more attempt at it. */
import type { SampleRecord, VerdictRecord } from './records.ts';
import type { TextStore } from './rows.ts';
import type { Prepare } from './statements.ts';

/** Writes a sample and its verdicts; earlier attempts stay. To be called inside a transaction. */
export function insertSample(
  prepare: Prepare,
  store: TextStore,
  run: number,
  sample: SampleRecord,
  verdicts: readonly VerdictRecord[],
): void {
  const attempt = Number(
    prepare('SELECT count(*) AS n FROM samples WHERE run = ? AND position = ?').get(
      run,
      sample.index,
    )?.n ?? 0,
  );
  prepare(
    `INSERT INTO samples (run, position, attempt, scenario, subject, repeat, outcome, reason,
       finish, transcript, input, output, cost, calls)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    run,
    sample.index,
    attempt,
    sample.scenario,
    sample.subject,
    sample.repeat,
    sample.outcome,
    sample.reason,
    sample.transcript.finish,
    store.deflate(sample.transcript),
    sample.usage.input,
    sample.usage.output,
    sample.cost,
    sample.calls.join(' '),
  );
  for (const verdict of verdicts) {
    prepare(
      `INSERT INTO verdicts (run, position, attempt, judge, clause, clause_hash, outcome,
         severity, cause, detail, input, output, cost, calls)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      run,
      verdict.sample,
      attempt,
      verdict.judge,
      verdict.clause,
      verdict.clauseHash,
      verdict.outcome,
      verdict.severity,
      verdict.cause,
      store.deflate({ reason: verdict.reason, citations: verdict.citations }),
      verdict.usage.input,
      verdict.usage.output,
      verdict.cost,
      verdict.calls.join(' '),
    );
  }
}
