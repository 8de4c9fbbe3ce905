/** @module ledger/sqlite/database SQLite behind the face that the stores need. Each statement is compiled once. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Database, Insert, Lock, Queries } from '../database.ts';
import { takeLock } from './lock.ts';
import { inTurn } from './turns.ts';

/**
 * @param path of the file, for locks beside it; null for a ledger of this process only
 */
export function sqliteDatabase(database: DatabaseSync, path: string | null): Database {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  const inserts = new Map<string, StatementSync>();
  const insert = ({ table, row, once }: Insert): void => {
    let statement = inserts.get(table);
    if (statement === undefined) {
      const columns = Object.keys(row);
      const places = columns.map(() => '?').join(', ');
      const unless = once === true ? 'ON CONFLICT DO NOTHING' : '';
      statement = database.prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places}) ${unless}`,
      );
      inserts.set(table, statement);
    }
    statement.run(...Object.values(row));
  };
  const holders = new Map<string, string>();
  const rollBack = (): void => {
    if (database.isTransaction) database.exec('ROLLBACK');
  };

  const transaction: Database['transaction'] = (work) =>
    inTurn(path, async () => {
      try {
        database.exec('BEGIN IMMEDIATE');
        const result = await work(queries);
        database.exec('COMMIT');
        return result;
      } catch (error) {
        rollBack();
        throw error;
      }
    });

  const queries: Queries = {
    all: async (sql, ...values) => prepare(sql).all(...values),
    among: async (sql, keys) => {
      const statement = prepare(`${sql} = ?`);
      return keys.flatMap((key) => statement.all(key));
    },
    add: async (rows) => rows.forEach(insert),
    define: async (sql) => database.exec(sql),
  };
  return {
    ...queries,
    engine: 'sqlite',
    add: (rows) => transaction(async () => rows.forEach(insert)),
    transaction,
    lock: async (name, holder) =>
      path === null ? takeOwnLock(holders, name, holder) : takeLock(`${path}.${name}.hold`, holder),
    close: async () => database.close(),
  };
}

/** Of a ledger that no other process has, so that it holds its own writers apart. */
function takeOwnLock(
  holders: Map<string, string>,
  name: string,
  holder: string,
): Lock | { heldBy: string } {
  const heldBy = holders.get(name);
  if (heldBy !== undefined) return { heldBy };
  holders.set(name, holder);
  return {
    release: async () => {
      holders.delete(name);
    },
  };
}
