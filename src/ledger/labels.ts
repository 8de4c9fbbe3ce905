/**
 * @module ledger/labels
 * What people say of transcripts. Rows are only ever added: a later label of the same person for the same item
 * takes the place of the earlier one, and one without an outcome takes it back.
 */
import type { LabelRecord } from './records.ts';
import type { TextStore } from './rows.ts';
import type { Prepare } from './statements.ts';
import type { Commits } from './writes.ts';

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
  /** Adds labels, all of them or none; they are on disk when this returns. */
  add(labels: readonly LabelRecord[]): void;
  /** The labels of a run that count, in the order of transcript, clause and person. */
  ofRun(run: number): LabelRecord[];
  /** One person's, in the order in which they were given. */
  ofPerson(run: number, person: string): LabelRecord[];
  addQueue(queue: LabelQueue): void;
  /** What people were given to label of a run, in the order in which it was drawn. */
  queuesOf(run: number): LabelQueue[];
}

/**
 * The newest word of each person on each item, unless it takes an earlier one back. A sample that was asked again
 * has another transcript: labels of the earlier one are about that.
 */
const COUNTS = `outcome IS NOT NULL
  AND id = (SELECT max(id) FROM labels AS other WHERE other.run = labels.run
    AND other.position = labels.position AND other.clause = labels.clause
    AND other.person = labels.person)
  AND attempt = (SELECT max(attempt) FROM samples
    WHERE samples.run = labels.run AND samples.position = labels.position)`;

/** The part of the ledger that knows labels. */
export function createLabelStore(
  prepare: Prepare,
  store: TextStore,
  { flush, transaction }: Commits,
): LabelStore {
  const read = (where: string, order: string, ...values: (string | number)[]): LabelRecord[] => {
    flush();
    const rows = prepare(
      `SELECT run, position AS sample, clause, clause_hash AS clauseHash, person, outcome, severity,
         note, inclusion, source, time
       FROM labels WHERE ${where} AND ${COUNTS} ORDER BY ${order}`,
    ).all(...values);
    return rows.map((row) => ({ ...row }) as unknown as LabelRecord);
  };
  return {
    add: (labels) => {
      flush();
      transaction(() => {
        const latest = prepare(
          'SELECT coalesce(max(attempt), 0) AS n FROM samples WHERE run = ? AND position = ?',
        );
        for (const label of labels) {
          prepare.into('labels', {
            run: label.run,
            position: label.sample,
            attempt: Number(latest.get(label.run, label.sample)?.n),
            clause: label.clause,
            clause_hash: label.clauseHash,
            person: label.person,
            outcome: label.outcome,
            severity: label.severity,
            note: label.note,
            inclusion: label.inclusion,
            source: label.source,
            time: label.time,
          });
        }
      });
    },
    ofRun: (run) => read('run = ?', 'position, clause, person', run),
    ofPerson: (run, person) => read('run = ? AND person = ?', 'id', run, person),
    addQueue: ({ run, person, design, strata, clauses, items, created }) => {
      flush();
      transaction(() => {
        const stored = store.deflate({ strata, clauses, items });
        prepare.into('label_queues', { run, person, design, items: stored, created });
      });
    },
    queuesOf: (run) => {
      flush();
      return prepare('SELECT * FROM label_queues WHERE run = ? ORDER BY id')
        .all(run)
        .map((row) => ({
          run,
          person: String(row.person),
          design: String(row.design),
          ...(store.inflate(String(row.items)) as Pick<LabelQueue, 'strata' | 'clauses' | 'items'>),
          created: Number(row.created),
        }));
    },
  };
}
