/** @module ledger/statements Prepares a database's statements, each of them once. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** The compiled statement of some SQL. */
export interface Prepare {
  (sql: string): StatementSync;
  /** Adds a row to a table. All rows of one table have the same columns, in the same order. */
  into(
    table: string,
    row: Readonly<Record<string, SQLInputValue>>,
    or?: 'OR IGNORE',
  ): ReturnType<StatementSync['run']>;
}

/** Compiles for one database, each statement at its first use. */
export function statementCache(database: DatabaseSync): Prepare {
  const statements = new Map<string, StatementSync>();
  const kept = (key: string, sql: () => string): StatementSync => {
    let statement = statements.get(key);
    if (statement === undefined) {
      statement = database.prepare(sql());
      statements.set(key, statement);
    }
    return statement;
  };
  const prepare = (sql: string): StatementSync => kept(sql, () => sql);
  const into: Prepare['into'] = (table, row, or) =>
    kept(table, () => {
      const columns = Object.keys(row);
      const places = columns.map(() => '?').join(', ');
      return `INSERT ${or ?? ''} INTO ${table} (${columns.join(', ')}) VALUES (${places})`;
    }).run(...Object.values(row));
  return Object.assign(prepare, { into });
}
