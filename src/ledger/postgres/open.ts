/** @module ledger/postgres/open Opens the ledger in a PostgreSQL database, to read or to write. */
import pg from 'pg';
import type { Opened } from '../database.ts';
import { writeProblemSaid } from '../messages.ts';
import { appliedIn, type Migration, migrate } from '../migrations.ts';
import { shownAddress } from './address.ts';
import { postgresDatabase } from './database.ts';

/** Where our tables stand, apart from those of others in the same database. */
const SCHEMA = 'tenet';

/** What keeps the name of whoever has a lock: the lock itself is PostgreSQL's. */
const HOLDERS: Migration = {
  id: 'holders/1',
  sqlite: '',
  postgres: 'CREATE TABLE holders (name TEXT PRIMARY KEY, holder TEXT NOT NULL)',
};

/** Connections: for what is written, and for readers beside it. */
const CONNECTIONS = 4;

const INT8 = 20;

/** @param migrations all that a ledger of this version has taken */
export async function openPostgres(
  address: string,
  write: boolean,
  migrations: readonly Migration[],
): Promise<Opened> {
  const config: pg.ClientConfig = {
    // Without a host it is what `PGHOST` and its like name.
    ...(/^\w+:(?:\/\/)?$/.test(address) ? {} : { connectionString: address }),
    application_name: 'tenet',
    options: `-c search_path=${SCHEMA}`,
    connectionTimeoutMillis: 10_000,
    types: {
      // Counts and times fit in a number.
      getTypeParser: (id: number, format?: 'text' | 'binary') =>
        id === INT8 ? Number : pg.types.getTypeParser(id, format as 'text'),
    } as pg.CustomTypesConfig,
  };
  const pool = new pg.Pool({ ...config, max: CONNECTIONS });
  // A connection that breaks while nobody uses it is replaced by the next one.
  pool.on('error', () => {});
  try {
    const database = postgresDatabase(pool, async () => {
      const client = new pg.Client(config);
      // Whoever holds it learns of its end from what it is asked next.
      client.on('error', () => {});
      await client.connect();
      return client;
    });
    const steps = [HOLDERS, ...migrations];
    const [found] = await database.all(
      `SELECT to_regnamespace('${SCHEMA}') IS NOT NULL AS schema,
              to_regclass('${SCHEMA}.migrations') IS NOT NULL AS tables`,
    );
    if (found?.tables !== true && !write) {
      await pool.end();
      return { problem: { why: 'absent' } };
    }
    if (found?.schema !== true) {
      // Even so two who make it at the same moment would fail, so they take turns.
      await database.transaction((within) =>
        within.define(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`),
      );
    }
    const applied = new Set(found?.tables === true ? await appliedIn(database) : []);
    if (steps.some(({ id }) => !applied.has(id))) await migrate(database, steps, []);
    return {
      database,
      writeProblem: (error) => {
        const isFull = error instanceof Error && 'code' in error && error.code === '53100';
        return writeProblemSaid(shownAddress(address), isFull, error);
      },
    };
  } catch (error) {
    await pool.end().catch(() => {});
    return { problem: { why: 'unreached', reason: reasonOf(error, address) } };
  }
}

/** Says why, and never the password. */
function reasonOf(error: unknown, address: string): string {
  const nested = error instanceof AggregateError ? error.errors[0] : error;
  const said = nested instanceof Error ? nested.message : String(nested);
  return said.replaceAll(address, shownAddress(address));
}
