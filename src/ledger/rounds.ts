/**
 * @module ledger/rounds
 * What a run decided to ask next, round by round. A round is on disk before its samples are asked.
 */
import type { TextStore } from './rows.ts';
import type { Prepare } from './statements.ts';
import type { Commits } from './writes.ts';

export interface RoundRecord {
  /** From 0. */
  round: number;
  time: number;
  /** What was decided, and why. */
  detail: unknown;
}

export interface RoundStore {
  add(run: number, round: RoundRecord): void;
  /** In order. */
  ofRun(run: number): RoundRecord[];
}

/** The part of the ledger that knows rounds. */
export function createRoundStore(
  prepare: Prepare,
  store: TextStore,
  { flush, transaction }: Commits,
): RoundStore {
  return {
    add: (run, { round, time, detail }) => {
      flush();
      transaction(() => {
        prepare.into('rounds', { run, round, time, detail: store.deflate(detail) });
      });
    },
    ofRun: (run) =>
      prepare('SELECT round, time, detail FROM rounds WHERE run = ? ORDER BY round')
        .all(run)
        .map((row) => ({ ...row, detail: store.inflate(String(row.detail)) }) as RoundRecord),
  };
}
