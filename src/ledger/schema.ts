/**
 * @module ledger/schema
 * The tables, and how a file of an older version becomes one of this version. Rows are only ever added.
 */
import type { DatabaseSync } from 'node:sqlite';

/** Marks a SQLite file as a ledger of ours: "TENE" in ASCII. */
export const APPLICATION_ID = 0x54454e45;

/** Step n takes a file from version n to n + 1. Published steps are never edited. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE texts (
    id         INTEGER PRIMARY KEY,
    digest     BLOB NOT NULL UNIQUE,
    compressed INTEGER NOT NULL,
    body       BLOB NOT NULL
  );

  CREATE TABLE calls (
    id       INTEGER PRIMARY KEY,
    hash     BLOB NOT NULL,
    model    TEXT NOT NULL,
    final    INTEGER NOT NULL,
    request  TEXT NOT NULL,
    answer   TEXT NOT NULL,
    cost     REAL,
    attempts INTEGER NOT NULL,
    started  INTEGER NOT NULL,
    elapsed  INTEGER NOT NULL
  );
  CREATE INDEX calls_by_hash ON calls (hash, final, id);

  CREATE TABLE runs (
    ordinal   INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    plan_hash TEXT NOT NULL,
    simulated INTEGER NOT NULL,
    samples   INTEGER NOT NULL,
    plan      TEXT NOT NULL,
    created   INTEGER NOT NULL
  );
  CREATE INDEX runs_by_plan ON runs (plan_hash, ordinal);

  CREATE TABLE run_scenarios (
    run      INTEGER NOT NULL REFERENCES runs (ordinal),
    position INTEGER NOT NULL,
    scenario TEXT NOT NULL,
    PRIMARY KEY (run, position)
  ) WITHOUT ROWID;

  CREATE TABLE run_events (
    id     INTEGER PRIMARY KEY,
    run    INTEGER NOT NULL REFERENCES runs (ordinal),
    time   INTEGER NOT NULL,
    kind   TEXT NOT NULL,
    detail TEXT
  );
  CREATE INDEX run_events_by_run ON run_events (run, id);

  CREATE TABLE samples (
    run        INTEGER NOT NULL REFERENCES runs (ordinal),
    position   INTEGER NOT NULL,
    attempt    INTEGER NOT NULL,
    scenario   TEXT NOT NULL,
    subject    INTEGER NOT NULL,
    repeat     INTEGER NOT NULL,
    outcome    TEXT NOT NULL,
    reason     TEXT,
    finish     TEXT,
    transcript TEXT NOT NULL,
    input      INTEGER,
    output     INTEGER,
    cost       REAL,
    calls      TEXT NOT NULL,
    PRIMARY KEY (run, position, attempt)
  ) WITHOUT ROWID;

  CREATE TABLE verdicts (
    run         INTEGER NOT NULL,
    position    INTEGER NOT NULL,
    attempt     INTEGER NOT NULL,
    judge       INTEGER NOT NULL,
    clause      TEXT NOT NULL,
    clause_hash TEXT NOT NULL,
    outcome     TEXT NOT NULL,
    severity    TEXT,
    cause       TEXT,
    detail      TEXT NOT NULL,
    input       INTEGER,
    output      INTEGER,
    cost        REAL,
    calls       TEXT NOT NULL,
    PRIMARY KEY (run, position, attempt, clause, judge)
  ) WITHOUT ROWID;
  `,
  `
  CREATE TABLE labels (
    id          INTEGER PRIMARY KEY,
    run         INTEGER NOT NULL REFERENCES runs (ordinal),
    position    INTEGER NOT NULL,
    attempt     INTEGER NOT NULL,
    clause      TEXT NOT NULL,
    clause_hash TEXT NOT NULL,
    person      TEXT NOT NULL,
    outcome     TEXT,
    severity    TEXT,
    note        TEXT NOT NULL,
    inclusion   REAL,
    source      TEXT NOT NULL,
    time        INTEGER NOT NULL
  );
  CREATE INDEX labels_by_item ON labels (run, position, clause, person, id);

  CREATE TABLE label_queues (
    id      INTEGER PRIMARY KEY,
    run     INTEGER NOT NULL REFERENCES runs (ordinal),
    person  TEXT NOT NULL,
    design  TEXT NOT NULL,
    items   TEXT NOT NULL,
    created INTEGER NOT NULL
  );
  CREATE INDEX label_queues_by_person ON label_queues (run, person, id);

  CREATE TABLE certificates (
    id        INTEGER PRIMARY KEY,
    hash      TEXT NOT NULL UNIQUE,
    judge     TEXT NOT NULL,
    prompt    TEXT NOT NULL,
    spec      TEXT NOT NULL,
    simulated INTEGER NOT NULL,
    created   INTEGER NOT NULL,
    body      TEXT NOT NULL
  );
  CREATE INDEX certificates_by_judge ON certificates (judge, prompt, spec, id);

  CREATE TABLE rounds (
    run    INTEGER NOT NULL REFERENCES runs (ordinal),
    round  INTEGER NOT NULL,
    time   INTEGER NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (run, round)
  ) WITHOUT ROWID;
  `,
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Brings an open database to this version, step by step, each in its own transaction.
 * The caller has made sure that the file is ours and not newer.
 */
export function migrate(database: DatabaseSync, from: number): void {
  for (let version = from; version < MIGRATIONS.length; version++) {
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec(MIGRATIONS[version] ?? '');
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
      database.exec(`PRAGMA user_version = ${version + 1}`);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}
