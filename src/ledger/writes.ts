/** @module ledger/writes How the parts of the ledger write: gathered for a moment and committed together. */
import type { Database, Insert, Queries } from './database.ts';

/** A commit is made after this many writes or this long after the first of them, whichever is first. */
const BATCH_WRITES = 500;
const BATCH_MILLISECONDS = 50;

/** Whoever adds to so many rows waits until they are committed: a database that is slow slows who writes to it. */
const MOST_WAITING = 10_000;

/** Marks an error that is told to the user, as `TenetError` does, which stands in a room above. */
const MARK = Symbol.for('tenet.error');

/** The ledger could not be written: a full disk, a file taken away. Nothing that was committed is lost. */
export class LedgerWriteError extends Error {
  override name = 'LedgerWriteError';
  readonly code = 'ledger-write';
  readonly data = {};
  readonly [MARK] = true;
}

export interface Writes {
  /**
   * Adds rows with the next commit, all of them or none. Settles when they are taken; rejects where an earlier commit
   * failed. They are on disk in a moment, or when `flush` settles.
   * @param written told when they are
   */
  add(rows: readonly Insert[], written?: () => void): Promise<void>;
  /** Commits what waits: it is on disk, and readers see it, when this settles. */
  flush(): Promise<void>;
  /** All of the work, or nothing, after what waits. */
  transaction<Result>(work: (within: Queries) => Promise<Result>): Promise<Result>;
}

/** Rows that are committed together, and who waits for that. */
interface Batch {
  rows: Insert[];
  writes: number;
  written: (() => void)[];
  /** Its commit stands in line; rows join it until its turn comes. */
  queued: boolean;
  done: PromiseWithResolvers<void>;
  timer: NodeJS.Timeout;
}

/**
 * Writes to one database, one commit after the other: what comes while one is under way goes with the next. After a
 * commit that failed all that follow throw the same `LedgerWriteError`, with the words that `describe` has for what
 * was thrown.
 */
export function createWrites(database: Database, describe: (error: unknown) => string): Writes {
  let waiting: Batch | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let broken: LedgerWriteError | null = null;

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = turn.then(async () => {
      if (broken !== null) throw broken;
      try {
        return await work();
      } catch (error) {
        broken = new LedgerWriteError(describe(error), { cause: error });
        throw broken;
      }
    });
    turn = done.catch(() => {});
    return done;
  };

  const commit = (): void => {
    const batch = waiting;
    if (batch === null || batch.queued) return;
    batch.queued = true;
    clearTimeout(batch.timer);
    inTurn(() => {
      waiting = null;
      return database.add(batch.rows);
    }).then(() => {
      for (const told of batch.written) told();
      batch.done.resolve();
    }, batch.done.reject);
  };

  const add: Writes['add'] = async (rows, written) => {
    if (broken !== null) throw broken;
    if (waiting === null) {
      const timer = setTimeout(commit, BATCH_MILLISECONDS);
      waiting = {
        rows: [],
        writes: 0,
        written: [],
        queued: false,
        done: Promise.withResolvers(),
        timer,
      };
      // Whoever does not wait for it learns of a failure from the next write or the final flush.
      waiting.done.promise.catch(() => {});
    }
    const batch = waiting;
    for (const row of rows) batch.rows.push(row);
    if (written !== undefined) batch.written.push(written);
    if (++batch.writes >= BATCH_WRITES) commit();
    if (batch.rows.length >= MOST_WAITING) await batch.done.promise;
  };

  const flush = async (): Promise<void> => {
    commit();
    await turn;
    if (broken !== null) throw broken;
  };

  return {
    add,
    flush,
    transaction: (work) => {
      commit();
      return inTurn(() => database.transaction(work));
    },
  };
}
