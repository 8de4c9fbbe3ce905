/**
 * @module ledger/labels
 * What people say of transcripts. Rows are only ever added: a later label of the same person for the same item
 * takes the place of the earlier one, and one without an outcome takes it back.
 */
import type { LabelRecord, Severity } from './records.ts';
import { type Row, type TextStore, textOrNull } from './rows.ts';
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
  return {
    add: (labels) => {
      flush();
      transaction(() => {
        const insert = prepare(
          `INSERT INTO labels (run, position, attempt, clause, clause_hash, person, outcome, severity,
             note, inclusion, source, time)
           VALUES (?, ?, (SELECT coalesce(max(attempt), 0) FROM samples WHERE run = ? AND position = ?),
             ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        );
        for (const label of labels) {
          insert.run(
            label.run,
            label.sample,
            label.run,
            label.sample,
            label.clause,
            label.clauseHash,
            label.person,
            label.outcome,
            label.severity,
            label.note,
            label.inclusion,
            label.source,
            label.time,
          );
        }
      });
    },
    ofRun: (run) => {
      flush();
      return prepare(
        `SELECT * FROM labels WHERE run = ? AND ${COUNTS} ORDER BY position, clause, person`,
      )
        .all(run)
        .map(toLabel);
    },
    ofPerson: (run, person) => {
      flush();
      return prepare(`SELECT * FROM labels WHERE run = ? AND person = ? AND ${COUNTS} ORDER BY id`)
        .all(run, person)
        .map(toLabel);
    },
    addQueue: (queue) => {
      flush();
      transaction(() => {
        prepare(
          'INSERT INTO label_queues (run, person, design, items, created) VALUES (?, ?, ?, ?, ?)',
        ).run(
          queue.run,
          queue.person,
          queue.design,
          store.deflate({ strata: queue.strata, clauses: queue.clauses, items: queue.items }),
          queue.created,
        );
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

function toLabel(row: Row): LabelRecord {
  return {
    run: Number(row.run),
    sample: Number(row.position),
    clause: String(row.clause),
    clauseHash: String(row.clause_hash),
    person: String(row.person),
    outcome: row.outcome as LabelRecord['outcome'],
    severity: textOrNull(row.severity) as Severity | null,
    note: String(row.note),
    inclusion: row.inclusion === null ? null : Number(row.inclusion),
    source: String(row.source),
    time: Number(row.time),
  };
}
