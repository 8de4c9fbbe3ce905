/** @module ledger/writes How the parts of the ledger write: gathered for a moment and committed together. */
import type { DatabaseSync } from 'node:sqlite';

/** A commit is made after this many writes or this long after the first of them, whichever is first. */
const BATCH_WRITES = 500;
const BATCH_MILLISECONDS = 50;

/** Marks an error that is told to the user, as `TenetError` does, which stands in a room above. */
const MARK = Symbol.for('tenet.error');

/** The ledger could not be written: a full disk, a file taken away. Nothing that was committed is lost. */
export class LedgerWriteError extends Error {
  override name = 'LedgerWriteError';
  readonly code = 'ledger-write';
  readonly data = {};
  readonly [MARK] = true;
}

export interface Commits {
  /** Commits what waits, so that readers see all. */
  flush(): void;
  /** All of the work, or nothing. */
  transaction<Result>(work: () => Result): Result;
}

export interface Writes extends Commits {
  /** To be written with the next commit. */
  enqueue(write: () => void): void;
}

/**
 * Writes to one database. After a commit that failed all that follow throw the same `LedgerWriteError`, with the
 * words that `describe` has for what was thrown.
 */
export function createWrites(database: DatabaseSync, describe: (error: unknown) => string): Writes {
  let waiting: (() => void)[] = [];
  let timer: NodeJS.Timeout | null = null;
  let broken: LedgerWriteError | null = null;

  const transaction = <Result>(work: () => Result): Result => {
    if (broken !== null) throw broken;
    try {
      database.exec('BEGIN IMMEDIATE');
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      broken = new LedgerWriteError(describe(error));
      throw broken;
    }
  };

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (broken !== null) throw broken;
    if (waiting.length === 0) return;
    const writes = waiting;
    waiting = [];
    transaction(() => {
      for (const write of writes) write();
    });
  };

  const enqueue = (write: () => void): void => {
    if (broken !== null) throw broken;
    waiting.push(write);
    if (waiting.length >= BATCH_WRITES) flush();
    else
      timer ??= setTimeout(() => {
        timer = null;
        try {
          flush();
        } catch {
          // Kept in `broken`: the next write or the final flush throws it to somebody who can act.
        }
      }, BATCH_MILLISECONDS);
  };

  return { flush, transaction, enqueue };
}
