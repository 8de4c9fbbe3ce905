/**
 * @module ledger/migrations
 * How a ledger gets its tables. Which steps it has taken is on record in it, so that capabilities bring tables of
 * their own without waiting for each other.
 */
import type { Database, Queries } from './database.ts';

/** A step that is taken once in each ledger. Published steps are never edited. */
export interface Migration {
  /** Of the capability, and a number: `labels/1`. */
  id: string;
  sqlite: string;
  postgres: string;
}

/**
 * Takes the steps that a ledger has not taken, in their order, all of them or none; others wait meanwhile, since a
 * transaction is a lock.
 * @param taken before there was a record of steps
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  taken: readonly string[],
): Promise<void> {
  await database.transaction(async (within) => {
    await within.define(
      'CREATE TABLE IF NOT EXISTS migrations (id TEXT PRIMARY KEY, applied BIGINT NOT NULL)',
    );
    const applied = new Set(await appliedIn(within));
    const note = (id: string) =>
      within.add([{ table: 'migrations', row: { id, applied: Date.now() } }]);
    for (const id of taken) {
      if (!applied.has(id)) await note(id);
      applied.add(id);
    }
    for (const migration of migrations) {
      if (applied.has(migration.id)) continue;
      await within.define(migration[database.engine]);
      await note(migration.id);
    }
  });
}

/** The steps that a ledger with a record of them has taken. */
export async function appliedIn(within: Pick<Queries, 'all'>): Promise<string[]> {
  return (await within.all('SELECT id FROM migrations')).map(({ id }) => String(id));
}
