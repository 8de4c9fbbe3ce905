/**
 * @module ledger/labels
 * What people say of transcripts. Rows are only ever added: a later label of the same person for the same item
 * takes the place of the earlier one, and one without an outcome takes it back.
 */
import type { Insert, Queries, Row } from './database.ts';
import type { LabelRecord } from './records.ts';
import { insertOf, storable, wholeTable } from './tables.ts';
import type { TextStore } from './texts.ts';
import type { Writes } from './writes.ts';

/** One transcript under one clause, to be labelled. */
export interface LabelItem {
  sample: number;
  clause: string;
  /** The chance with which it was drawn; 0 where it was chosen, and not drawn by chance. */
  inclusion: number;
}

/** What a person was given to label, in this order. What was given to them before is not in it again. */
export interface LabelQueue {
  run: number;
  person: string;
  /** How it was drawn, as the user asked for it: `stratified:200`. */
  design: string;
  /** What it was drawn apart in: a name that whoever drew it understands. */
  strata: string;
  /** The clauses it was drawn from; null: all. */
  clauses: string[] | null;
  items: LabelItem[];
  created: number;
}

export interface LabelStore {
  /** Adds labels, all of them or none; they are on disk when this settles. */
  add(labels: readonly LabelRecord[]): Promise<void>;
  /** The labels of a run that count, in the order of transcript, clause and person. */
  ofRun(run: number): Promise<LabelRecord[]>;
  /** One person's, in the order in which they were given. */
  ofPerson(run: number, person: string): Promise<LabelRecord[]>;
  addQueue(queue: LabelQueue): Promise<void>;
  /** What people were given to label of a run, in the order in which it was drawn. */
  queuesOf(run: number): Promise<LabelQueue[]>;
}

/** The part of the ledger that knows labels. */
export function createLabelStore(
  { all }: Pick<Queries, 'all'>,
  texts: TextStore,
  { add, flush, transaction }: Writes,
): LabelStore {
  const read = async (run: number, order: string): Promise<LabelRecord[]> => {
    await flush();
    const rows = await wholeTable({ all }, 'labels', 'id', order);
    return await counting(
      all,
      run,
      rows.filter((row) => row.run === run),
    );
  };
  return {
    add: (labels) =>
      transaction(async (within) => {
        const rows: Insert[] = [];
        for (const [run, own] of Map.groupBy(labels, (label) => label.run)) {
          const attempts = await latestAttempts(within, run, own);
          for (const label of own) {
            const { sample: position, clause, clauseHash, person } = label;
            const attempt = attempts.get(position) ?? 0;
            const row = insertOf('labels', {
              ...{ run, position, attempt, clause, clause_hash: clauseHash, person },
              outcome: label.outcome,
              severity: label.severity,
              note: label.note,
              inclusion: label.inclusion,
              source: label.source,
              time: label.time,
            });
            rows.push(row);
          }
        }
        await within.add(rows);
      }),
    ofRun: (run) => read(run, 'position, clause, person'),
    ofPerson: async (run, given) => {
      const person = storable(given);
      return (await read(run, 'id')).filter((label) => label.person === person);
    },
    addQueue: async ({ run, person, design, strata, clauses, items, created }) => {
      const rows: Insert[] = [];
      const stored = texts.deflate({ strata, clauses, items }, rows);
      const queue = { run, person, design, items: stored, created };
      await add([...rows, insertOf('label_queues', queue)]);
      await flush();
    },
    queuesOf: async (run) => {
      await flush();
      const queues = await wholeTable({ all }, 'label_queues', 'id');
      const rows = queues.filter((row) => row.run === run);
      const drawn = await texts.inflate(rows.map((row) => String(row.items)));
      return rows.map((row, place) => ({
        run,
        person: String(row.person),
        design: String(row.design),
        ...(drawn[place] as Pick<LabelQueue, 'strata' | 'clauses' | 'items'>),
        created: Number(row.created),
      }));
    },
  };
}

/**
 * The labels that count, in the order of their rows: the newest word of each person on each item, unless it takes an
 * earlier one back. A sample that was asked again has another transcript: labels of the earlier one are about that.
 */
async function counting(
  all: Queries['all'],
  run: number,
  rows: readonly Row[],
): Promise<LabelRecord[]> {
  const newest = new Map<string, number>();
  const itemOf = ({ position, clause, person }: Row) => JSON.stringify([position, clause, person]);
  for (const row of rows) {
    const item = itemOf(row);
    newest.set(item, Math.max(Number(row.id), newest.get(item) ?? -1));
  }
  const labels = rows.map((row) => ({ row, label: labelOf(row) }));
  const attempts = await latestAttempts(
    { all },
    run,
    labels.map(({ label }) => label),
  );
  return labels.flatMap(({ row, label }) => {
    const isNewest = newest.get(itemOf(row)) === Number(row.id);
    const isOfLatest = row.attempt === attempts.get(label.sample);
    return isNewest && isOfLatest && label.outcome !== null ? [label] : [];
  });
}

/** The attempts that labels are about, by sample. */
async function latestAttempts(
  { all }: Pick<Queries, 'all'>,
  run: number,
  labels: readonly LabelRecord[],
): Promise<Map<number, number>> {
  const samples = labels.map(({ sample }) => sample).sort((a, b) => a - b);
  const rows = await all(
    `SELECT position, max(attempt) AS attempt FROM samples
     WHERE run = ? AND position >= ? AND position <= ? GROUP BY position`,
    ...[run, samples[0] ?? 0, samples.at(-1) ?? 0],
  );
  return new Map(rows.map(({ position, attempt }) => [Number(position), Number(attempt)]));
}

function labelOf(row: Row): LabelRecord {
  const { run, position, clause, clause_hash, person, outcome, severity } = row;
  const { note, inclusion, source, time } = row;
  return {
    ...{ run, sample: position, clause, clauseHash: clause_hash, person, outcome, severity },
    ...{ note, inclusion, source, time },
  } as LabelRecord;
}
