/**
 * @module ledger/run-writer
 * What is written of one run. One process writes to a run at a time; others may write to the same ledger meanwhile.
 */
import type { Lock, Queries } from './database.ts';
import type { SampleRecord, VerdictRecord } from './records.ts';
import { type RoundRecord, roundInserts } from './rounds.ts';
import { sampleInserts } from './rows.ts';
import { eventInsert, type RunEvent } from './runs.ts';
import type { TextStore } from './texts.ts';
import type { Writes } from './writes.ts';

export interface RunWriter extends AsyncDisposable {
  /** Adds a finished sample with its verdicts: all of it is written, or nothing. It is on disk in a moment. */
  addSample(sample: SampleRecord, verdicts: readonly VerdictRecord[]): Promise<void>;
  addEvent(event: RunEvent): Promise<void>;
  /** Adds a round; it is on disk when this settles, and its samples are asked only then. */
  addRound(round: RoundRecord): Promise<void>;
  /** Commits, and lets others write to the run. */
  close(): Promise<void>;
}

/**
 * A writer of a run that has been locked.
 * @param samples that the run's plan has
 */
export async function createRunWriter(
  { all }: Pick<Queries, 'all'>,
  texts: TextStore,
  writes: Writes,
  { run, samples, lock }: { run: number; samples: number; lock: Lock },
): Promise<RunWriter> {
  const attempts = new Uint16Array(samples);
  try {
    const rows = await all(
      'SELECT position, count(*) AS n FROM samples WHERE run = ? GROUP BY position',
      run,
    );
    for (const row of rows) attempts[Number(row.position)] = Number(row.n);
  } catch (error) {
    await lock.release();
    throw error;
  }
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    try {
      await writes.flush();
    } finally {
      await lock.release();
    }
  };
  return {
    addSample: (sample, verdicts) => {
      const attempt = attempts[sample.index] ?? 0;
      attempts[sample.index] = attempt + 1;
      return writes.add(sampleInserts({ run, attempt }, sample, verdicts, texts));
    },
    addEvent: (event) => writes.add([eventInsert(run, event)]),
    addRound: async (round) => {
      await writes.add(roundInserts(run, round, texts));
      await writes.flush();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
