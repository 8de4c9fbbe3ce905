/**
 * @module ledger/hold
 * One process writes to a ledger at a time. The hold is a lock of the operating system on a small SQLite
 * file beside the ledger, so it ends with the process however that ends, and the next one can read in it
 * who has it.
 */
import { existsSync, realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface Hold {
  release(): void;
}

/** Takes the hold on the ledger at `path`, or says who has it. `purpose` is shown to whoever comes second. */
export function takeHold(
  path: string,
  purpose: string,
): { ok: true; hold: Hold } | { ok: false; holder: string } {
  const database = new DatabaseSync(`${realPath(path)}.hold`, { timeout: 0 });
  try {
    // Two commits: the first publishes our name, the second transaction is the hold itself. Readers of
    // a rollback-journal file still see the name while the second one is open.
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF');
    database.exec('BEGIN IMMEDIATE');
    database.exec('CREATE TABLE IF NOT EXISTS holder (name TEXT NOT NULL)');
    database.exec('DELETE FROM holder');
    const name = `process ${process.pid} on ${hostname()} (${purpose}, since ${new Date().toISOString()})`;
    database.prepare('INSERT INTO holder (name) VALUES (?)').run(name);
    database.exec('COMMIT');
    database.exec('BEGIN IMMEDIATE');
  } catch (error) {
    const holder = readHolder(database);
    database.close();
    if (isBusy(error)) return { ok: false, holder };
    throw error;
  }
  return { ok: true, hold: { release: () => database.close() } };
}

/** One file has one hold, whatever links lead to it; of a file that is not there yet the folder is looked up. */
function realPath(path: string): string {
  return existsSync(path)
    ? realpathSync(path)
    : join(realpathSync(dirname(resolve(path))), basename(path));
}

function readHolder(database: DatabaseSync): string {
  try {
    const row = database.prepare('SELECT name FROM holder').get();
    if (typeof row?.name === 'string') return row.name;
  } catch {
    // The name is a courtesy; that the ledger is held is known without it.
  }
  return 'another process';
}

/** Is this SQLite's word for "somebody else has the lock"? */
export function isBusy(error: unknown): boolean {
  return sqliteCode(error) === 5;
}

/** SQLite's primary result code of an error, or null where it is no SQLite error. */
export function sqliteCode(error: unknown): number | null {
  if (error instanceof Error && 'errcode' in error && typeof error.errcode === 'number') {
    return error.errcode & 0xff;
  }
  return null;
}
