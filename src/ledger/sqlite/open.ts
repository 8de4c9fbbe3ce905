/** @module ledger/sqlite/open Opens the file of a ledger, to read or to write. */
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Opened } from '../database.ts';
import type { OpenProblem } from '../messages.ts';
import { writeProblemSaid } from '../messages.ts';
import { appliedIn, type Migration, migrate } from '../migrations.ts';
import { APPLICATION_ID, SCHEMA_VERSION, TAKEN } from '../schema.ts';
import { sqliteDatabase } from './database.ts';
import { type Identity, identify, pragma } from './identify.ts';
import { realPath, sqliteCode } from './lock.ts';
import { inTurn } from './turns.ts';

/** How long SQLite waits for another process, in milliseconds. */
const PATIENT = { timeout: 5_000 };

/** @param migrations all that a ledger of this version has taken */
export async function openSqlite(
  path: string,
  inMemory: boolean,
  write: boolean,
  migrations: readonly Migration[],
): Promise<Opened> {
  // SQLite would take it for a database that is gone at the end.
  if (path === '') return { problem: { why: 'unnamed' } };
  if (!inMemory) {
    const problem = write ? prepareFolder(path) : missing(path);
    if (problem !== null) return { problem };
  }
  let connection: DatabaseSync | null = null;
  try {
    const file = inMemory ? null : realPath(path);
    const identity: Identity =
      inMemory || !existsSync(path) ? { version: 0, fresh: true } : identify(path);
    if ('problem' in identity) return { problem: identity.problem };
    if (identity.fresh && !write) return { problem: { why: 'absent' } };
    // A reader takes an old file further too, where it may: nobody should have to run an audit to read a report.
    const isOld = !write && !(await isUpToDate(path, migrations));
    if (isOld && file !== null && !isWritable(file)) {
      return { problem: { why: 'older', version: identity.version, known: SCHEMA_VERSION } };
    }
    if (write || isOld) {
      const own = new DatabaseSync(path, PATIENT);
      connection = own;
      await inTurn(file, async () => {
        if (identity.fresh) own.exec('PRAGMA page_size = 16384');
        await keepLog(own);
        await bringUpToDate(own, migrations);
      });
    }
    if (!write) {
      const written = connection;
      connection = openToRead(path);
      written?.close();
    }
    return {
      database: sqliteDatabase(connection as DatabaseSync, file),
      writeProblem: (error) => writeProblemSaid(path, sqliteCode(error) === DISK_FULL, error),
    };
  } catch (error) {
    connection?.close();
    return { problem: openProblem(error) };
  }
}

const DISK_FULL = 13;

/**
 * Has the file written through a log. Of those who make it at the same moment one does that, and SQLite lets the others
 * wait for nothing, however patient they are.
 */
async function keepLog(connection: DatabaseSync): Promise<void> {
  const deadline = performance.now() + PATIENT.timeout;
  for (;;) {
    try {
      connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
      return;
    } catch (error) {
      if (sqliteCode(error) !== BUSY || performance.now() > deadline) throw error;
      await setTimeout(10 + 20 * Math.random());
    }
  }
}

const BUSY = 5;

async function isUpToDate(path: string, migrations: readonly Migration[]): Promise<boolean> {
  const connection = openToRead(path);
  try {
    if (pragma(connection, 'user_version') < SCHEMA_VERSION) return false;
    const applied = new Set(await appliedIn(sqliteDatabase(connection, null)));
    return migrations.every(({ id }) => applied.has(id));
  } finally {
    connection.close();
  }
}

async function bringUpToDate(
  connection: DatabaseSync,
  migrations: readonly Migration[],
): Promise<void> {
  const database = sqliteDatabase(connection, null);
  // First: a file with tables and without this would be somebody else's, should we be killed in between.
  if (pragma(connection, 'application_id') !== APPLICATION_ID) {
    connection.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  }
  const taken = TAKEN[pragma(connection, 'user_version')] ?? [];
  await migrate(database, migrations, taken);
  if (pragma(connection, 'user_version') < SCHEMA_VERSION) {
    connection.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  }
}

/**
 * Readers change nothing. Even so SQLite makes files beside a database with a log, and only a connection that might
 * write takes them away again; left behind by somebody else, they would keep its owner out. Where we might not, and no
 * log says that somebody writes, the file is read as one that nobody changes.
 */
function openToRead(path: string): DatabaseSync {
  const file = realPath(path);
  if (isWritable(file)) {
    const database = new DatabaseSync(file, PATIENT);
    database.exec('PRAGMA query_only = ON');
    return database;
  }
  const address = pathToFileURL(file);
  if (!existsSync(`${file}-wal`)) address.searchParams.set('immutable', '1');
  return new DatabaseSync(address, { ...PATIENT, readOnly: true });
}

/** Whether a file can be written to, which takes a log beside it. */
function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    accessSync(dirname(file), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function missing(path: string): OpenProblem | null {
  if (!existsSync(path)) return { why: 'absent' };
  return statSync(path).isDirectory() ? { why: 'folder' } : null;
}

function prepareFolder(path: string): OpenProblem | null {
  if (existsSync(path)) return missing(path);
  try {
    mkdirSync(dirname(path), { recursive: true });
    return null;
  } catch (error) {
    return openProblem(error);
  }
}

function openProblem(error: unknown): OpenProblem {
  const code = sqliteCode(error);
  if (code === 26 || code === 11) return { why: 'unreadable' };
  if (code === BUSY) return { why: 'busy' };
  return { why: 'unopened', reason: error instanceof Error ? error.message : String(error) };
}
