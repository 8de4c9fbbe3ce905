/** @module ledger/statements Prepares a database's statements, each of them once. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** The compiled statement of some SQL. */
export type Prepare = (sql: string) => StatementSync;

/** Compiles for one database, each statement at its first use. */
export function statementCache(database: DatabaseSync): Prepare {
  const statements = new Map<string, StatementSync>();
  return (sql) => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
}
