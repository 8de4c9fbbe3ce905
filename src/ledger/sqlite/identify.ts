/**
 * @module ledger/sqlite/identify
 * Tells whether a file is a ledger, and one that this version may write to.
 */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { OpenProblem } from '../messages.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from '../schema.ts';

/** Where SQLite keeps these two numbers in the first page of a file. */
const USER_VERSION_OFFSET = 60;
const APPLICATION_ID_OFFSET = 68;
const HEADER_BYTES = 100;

/** How a journal begins, and where it keeps how many pages the file had. */
const JOURNAL = 'd9d505f920a163d7';
const PAGES_BEFORE_OFFSET = 16;

/** A version of the ledger's tables and whether the file is empty; or why it is not to be touched. */
export type Identity = { version: number; fresh: boolean } | { problem: OpenProblem };

/**
 * Whose file it is, told from its first bytes: opening it would already change a database that its program left
 * in the middle of something.
 */
export function identify(path: string): Identity {
  const header = firstBytes(path);
  if (header === null) return { version: 0, fresh: true };
  if (!header.toString('latin1').startsWith('SQLite format 3\0')) {
    return { problem: { why: 'unreadable' } };
  }
  const application = header.readUInt32BE(APPLICATION_ID_OFFSET);
  const version = header.readUInt32BE(USER_VERSION_OFFSET);
  if (application !== APPLICATION_ID) {
    if (application === 0 && wasEmpty(path)) return { version: 0, fresh: true };
    if (application === 0 && isBegun(path)) return { version: 0, fresh: false };
    return { problem: { why: 'foreign' } };
  }
  if (version > SCHEMA_VERSION) {
    return { problem: { why: 'newer', version, known: SCHEMA_VERSION } };
  }
  return { version, fresh: false };
}

/** As many as a header has; null of an empty file. */
function firstBytes(path: string): Buffer | null {
  const bytes = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  const length = readSync(file, bytes, 0, HEADER_BYTES, 0);
  closeSync(file);
  return length === 0 ? null : bytes;
}

/** A file whose maker was killed, or is, in its first transaction: the journal beside it leads back to nothing. */
function wasEmpty(path: string): boolean {
  try {
    const journal = firstBytes(`${path}-journal`);
    return (
      journal?.toString('hex', 0, 8) === JOURNAL && journal.readUInt32BE(PAGES_BEFORE_OFFSET) === 0
    );
  } catch {
    return false;
  }
}

/**
 * A ledger whose maker was killed at once: it has no tables yet, or has them and its mark only in the log beside
 * it, which can't be read without taking it up.
 */
function isBegun(path: string): boolean {
  const readOnly = !existsSync(`${path}-wal`);
  const database = new DatabaseSync(path, { readOnly, timeout: 5_000 });
  try {
    const tables = Number(database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.n);
    return pragma(database, 'application_id') === APPLICATION_ID || tables === 0;
  } finally {
    database.close();
  }
}

/** A number that SQLite keeps about a database. */
export function pragma(database: DatabaseSync, name: string): number {
  const value = database.prepare(`PRAGMA ${name}`).get()?.[name];
  return typeof value === 'number' ? value : 0;
}
