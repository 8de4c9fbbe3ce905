/** @module ledger/postgres/database PostgreSQL behind the face that the stores need. */
import { crc32 } from 'node:zlib';
import type { Client, Pool, PoolClient } from 'pg';
import type { Database, Insert, Queries, Row, Value } from '../database.ts';

/** Any number will do, so long as nobody else in the same database locks it: "TENE" in ASCII. */
const OURS = 0x54454e45;

/** Who answers a query: a connection of a transaction, or any. */
type Asked = Pick<PoolClient, 'query'>;

/**
 * @param pool whose connections find our tables first
 * @param connect makes such a connection apart from it
 */
export function postgresDatabase(pool: Pool, connect: () => Promise<Client>): Database {
  const statements = new Map<string, { name: string; text: string }>();
  const statement = (sql: string) => {
    let known = statements.get(sql);
    if (known === undefined) {
      let place = 0;
      known = {
        name: `tenet_${statements.size}`,
        text: sql.replace(/\?/g, () => `$${++place}`),
      };
      statements.set(sql, known);
    }
    return known;
  };
  const run = async (asked: Asked, sql: string, values: readonly unknown[]): Promise<Row[]> => {
    const { rows } = await asked.query({ ...statement(sql), values: [...values] });
    return rows as Row[];
  };
  let types: Promise<ColumnTypes> | null = null;
  const add = async (asked: Asked, rows: readonly Insert[]): Promise<void> => {
    if (rows.length === 0) return;
    types ??= columnTypes(asked);
    const { sql, values } = insertion(rows, await types);
    await run(asked, sql, values);
  };
  const queriesOf = (asked: Asked): Queries => ({
    all: (sql, ...values: readonly Value[]) => run(asked, sql, values),
    among: (sql, keys) => run(asked, `${sql} = ANY(?::bytea[])`, [keys]),
    add: (rows) => add(asked, rows),
    define: async (sql) => {
      await asked.query(sql);
      types = null;
    },
  });

  // What a lock keeps to one process may be written only for as long as its connection lives.
  let lost: Error | null = null;
  const held = new Set<Client>();
  const whileLocked = (): void => {
    if (lost !== null) throw lost;
  };
  return {
    ...queriesOf(pool),
    engine: 'postgres',
    // One statement is a transaction of its own.
    add: async (rows) => {
      whileLocked();
      await add(pool, rows);
    },
    transaction: async (work) => {
      whileLocked();
      const client = await pool.connect();
      // Of a connection that breaks the query in hand is told; nobody listens for more.
      client.on('error', ignore);
      let broken: Error | undefined;
      try {
        await client.query('BEGIN');
        await client.query('SELECT pg_advisory_xact_lock($1)', [OURS]);
        const result = await work({
          ...queriesOf(client),
          add: async (rows) => {
            // What others may be adding too is added apart: held until the end of a long transaction, in the order in
            // which that came upon it, it would make them wait for each other. Nobody minds such a row without the rest.
            await add(
              pool,
              rows.filter(({ once }) => once === true),
            );
            await add(
              client,
              rows.filter(({ once }) => once !== true),
            );
          },
        });
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch((reason: Error) => {
          broken = reason;
        });
        throw error;
      } finally {
        client.off('error', ignore);
        client.release(broken);
      }
    },
    // Each has a connection of its own, so that locks that are held for hours leave the pool to what is read and written.
    lock: async (name, holder) => {
      const client = await connect();
      try {
        const key = crc32(name) | 0;
        const { rows } = await client.query('SELECT pg_try_advisory_lock($1, $2) AS taken', [
          OURS,
          key,
        ]);
        if (rows[0]?.taken !== true) {
          await client.end();
          const found = await pool.query('SELECT holder FROM holders WHERE name = $1', [name]);
          return { heldBy: String(found.rows[0]?.holder ?? 'another process') };
        }
        await client.query(
          `INSERT INTO holders (name, holder) VALUES ($1, $2)
           ON CONFLICT (name) DO UPDATE SET holder = excluded.holder`,
          [name, holder],
        );
        held.add(client);
        client.on('error', (error) => {
          if (held.has(client)) lost = error;
        });
        return {
          release: async () => {
            if (!held.delete(client)) return;
            // Before the connection ends, which the other end may learn a moment later. One that is gone has let go.
            await client.query('SELECT pg_advisory_unlock($1, $2)', [OURS, key]).catch(ignore);
            await client.end();
          },
        };
      } catch (error) {
        await client.end().catch(ignore);
        throw error;
      }
    },
    close: async () => {
      const locks = [...held];
      held.clear();
      await Promise.all(locks.map((client) => client.end()));
      await pool.end();
    },
  };
}

function ignore(): void {}

/** The type of each column, by table. */
type ColumnTypes = ReadonlyMap<string, ReadonlyMap<string, string>>;

async function columnTypes(asked: Asked): Promise<ColumnTypes> {
  const { rows } = await asked.query(
    `SELECT table_name, column_name, data_type FROM information_schema.columns
     WHERE table_schema = current_schema()`,
  );
  const types = new Map<string, Map<string, string>>();
  for (const { table_name, column_name, data_type } of rows) {
    const own = types.get(table_name) ?? new Map<string, string>();
    types.set(table_name, own.set(column_name, data_type));
  }
  return types;
}

/** One statement that adds all rows: the columns of each table go as arrays. */
function insertion(
  rows: readonly Insert[],
  types: ColumnTypes,
): { sql: string; values: Value[][] } {
  const values: Value[][] = [];
  const parts = [...Map.groupBy(rows, ({ table }) => table)].map(([table, own]) => {
    const once = own[0]?.once === true;
    // Two processes that add the same keys in another order would wait for each other.
    const ordered = once ? own.toSorted(byFirstColumn) : own;
    const columns = Object.keys(own[0]?.row ?? {});
    const arrays = columns.map((column) => {
      values.push(ordered.map(({ row }) => row[column] ?? null));
      return `?::${types.get(table)?.get(column)}[]`;
    });
    return `INSERT INTO ${table} (${columns.join(', ')})
      SELECT * FROM unnest(${arrays.join(', ')})${once ? ' ON CONFLICT DO NOTHING' : ''}`;
  });
  const last = parts.pop() ?? '';
  const before = parts.map((part, place) => `part_${place} AS (${part})`);
  return { sql: before.length === 0 ? last : `WITH ${before.join(', ')} ${last}`, values };
}

function byFirstColumn(a: Insert, b: Insert): number {
  const [first, second] = [a, b].map(({ row }) => Object.values(row)[0]);
  if (first instanceof Uint8Array && second instanceof Uint8Array) {
    return Buffer.compare(first, second);
  }
  return String(first) < String(second) ? -1 : 1;
}
