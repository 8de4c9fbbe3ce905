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
  const earlier = prepare('SELECT count(*) AS n FROM samples WHERE run = ? AND position = ?');
  const attempt = Number(earlier.get(run, sample.index)?.n);
  const { scenario, subject, repeat, outcome, reason, transcript } = sample;
  prepare.into('samples', {
    run,
    position: sample.index,
    attempt,
    scenario,
    subject,
    repeat,
    outcome,
    reason,
    finish: transcript.finish,
    transcript: store.deflate(transcript),
    ...spent(sample),
  });
  for (const verdict of verdicts) {
    prepare.into('verdicts', {
      run,
      position: verdict.sample,
      attempt,
      judge: verdict.judge,
      clause: verdict.clause,
      clause_hash: verdict.clauseHash,
      outcome: verdict.outcome,
      severity: verdict.severity,
      cause: verdict.cause,
      detail: store.deflate({ reason: verdict.reason, citations: verdict.citations }),
      ...spent(verdict),
    });
  }
}

function spent({ usage: { input, output }, cost, calls }: SampleRecord | VerdictRecord) {
  return { input, output, cost, calls: calls.join(' ') };
}
