/**
 * @module ledger/sqlite/lock
 * Locks beside a ledger's file. Each is a lock of the operating system on a small SQLite file, so it ends with the
 * process however that ends, and the next one can read in it who has it.
 */
import { existsSync, realpathSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Lock } from '../database.ts';

/** Takes the lock that a file stands for, or says who has it. */
export function takeLock(path: string, holder: string): Lock | { heldBy: string } {
  for (let tries = 1; ; tries++) {
    try {
      const taken = tryLock(path, holder);
      if (taken !== null) return taken;
    } catch (error) {
      // Whoever lets go takes the file away, and its journal from under those who are just trying to lock it.
      if (tries === MOST_TRIES) throw error;
    }
  }
}

const MOST_TRIES = 20;

/** How long those wait for each other who want it at the same moment, in milliseconds: else all might be refused. */
const SAME_MOMENT = 50;

/**
 * Null where the file that was locked is no longer the one of this name, since whoever had it has taken it away, or
 * where somebody else's name stands in it.
 */
function tryLock(path: string, holder: string): Lock | { heldBy: string } | null {
  if (!existsSync(path)) writeFileSync(path, '', { flag: 'a' });
  const file = inode(path);
  const database = new DatabaseSync(path, { timeout: SAME_MOMENT });
  try {
    // Two commits: the first publishes our name, the second transaction is the lock itself. Readers of
    // a rollback-journal file still see the name while the second one is open.
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF');
    database.exec('BEGIN IMMEDIATE');
    database.exec('CREATE TABLE IF NOT EXISTS holder (name TEXT NOT NULL)');
    database.exec('DELETE FROM holder');
    database.prepare('INSERT INTO holder (name) VALUES (?)').run(holder);
    database.exec('COMMIT');
    database.exec('BEGIN IMMEDIATE');
    if (file === null || inode(path) !== file || readHolder(database) !== holder) {
      database.close();
      return null;
    }
  } catch (error) {
    const heldBy = readHolder(database);
    // Before it is closed, after which the next file could get the same number.
    const isGone = inode(path) !== file;
    database.close();
    if (isGone) return null;
    if (isBusy(error)) return { heldBy };
    throw error;
  }
  return {
    release: async () => {
      // Taken away while it is held, so that nobody can hold it under this name in between.
      try {
        unlinkSync(path);
      } catch {
        // Somebody has tidied up, or the system keeps open files: it is free all the same.
      }
      database.close();
    },
  };
}

function inode(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}

/** The name that all links to a file lead to; of a file that is not there yet the folder is looked up. */
export function realPath(path: string): string {
  return existsSync(path)
    ? realpathSync(path)
    : join(realpathSync(dirname(resolve(path))), basename(path));
}

function readHolder(database: DatabaseSync): string {
  try {
    const row = database.prepare('SELECT name FROM holder').get();
    if (typeof row?.name === 'string') return row.name;
  } catch {
    // The name is a courtesy; that the lock is held is known without it.
  }
  return 'another process';
}

/** Is this SQLite's word for "somebody else has the lock"? */
function isBusy(error: unknown): boolean {
  return sqliteCode(error) === 5;
}

/** SQLite's primary result code of an error, or null where it is no SQLite error. */
export function sqliteCode(error: unknown): number | null {
  if (error instanceof Error && 'errcode' in error && typeof error.errcode === 'number') {
    return error.errcode & 0xff;
  }
  return null;
}
