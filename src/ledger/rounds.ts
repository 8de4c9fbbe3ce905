/** @module ledger/rounds What a run decided to ask next, round by round. */
import { damaged } from './damage.ts';
import type { Insert, Queries } from './database.ts';
import { columnsOf, insertOf, soundRow } from './tables.ts';
import type { TextStore } from './texts.ts';

export interface RoundRecord {
  /** From 0. */
  round: number;
  time: number;
  /** What was decided, and why. */
  detail: unknown;
}

export interface RoundReader {
  /** In order. */
  ofRun(run: number): Promise<RoundRecord[]>;
}

/** The part of the ledger that knows rounds. */
export function createRoundReader({ all }: Pick<Queries, 'all'>, texts: TextStore): RoundReader {
  return {
    ofRun: async (run) => {
      const rows = await all(
        `SELECT ${columnsOf('rounds')} FROM rounds WHERE run = ? ORDER BY round`,
        run,
      );
      const details = await texts.inflate(
        rows.map((row) => String(soundRow('rounds', row).detail)),
      );
      for (const [place, { round }] of rows.entries()) {
        if (round !== place) damaged('rounds that are not one after the other');
      }
      return rows.map(({ round, time }, place) => ({
        round: Number(round),
        time: Number(time),
        detail: details[place],
      }));
    },
  };
}

/** The rows of a round. */
export function roundInserts(
  run: number,
  { round, time, detail }: RoundRecord,
  texts: TextStore,
): Insert[] {
  const rows: Insert[] = [];
  const stored = texts.deflate(detail, rows);
  return [...rows, insertOf('rounds', { run, round, time, detail: stored })];
}
