/** @module library/ledger Ledgers for programs. */
import { readLedger, writeLedger } from '../app/ledgers.ts';
import { tablesOf } from '../app/lent.ts';
import * as capabilities from '../capabilities.ts';
import type { Ledger } from '../ledger/ledger.ts';

export type { Ledger } from '../ledger/ledger.ts';

/** What `openLedger` calls a ledger that is kept nowhere. */
const MEMORY = 'memory';

/**
 * Opens a ledger; `await using` closes it. To write, it is made where there is none. Rejects with a `TenetError` where
 * it can't be opened.
 *
 * @param path of its file, the address of a PostgreSQL database, or `memory` for one that ends with this process
 */
export async function openLedger(
  path: string,
  { write = false, signal }: { write?: boolean; signal?: AbortSignal } = {},
): Promise<Ledger> {
  signal?.throwIfAborted();
  return await open(path, write);
}

/** The ledger that is given, or the one at a path, which `close` closes; one that was given stays open. */
export async function ledgerFor(
  given: Ledger | string,
  write: boolean,
): Promise<{ ledger: Ledger; close: () => Promise<void> }> {
  if (typeof given !== 'string') return { ledger: given, close: async () => {} };
  const ledger = await open(given, write);
  return { ledger, close: () => ledger.close() };
}

async function open(path: string, write: boolean): Promise<Ledger> {
  const migrations = await tablesOf(Object.values(capabilities));
  const surroundings = { environment: process.env, migrations, say: () => {} };
  if (path === MEMORY) return await writeLedger(':memory:', surroundings);
  return write ? await writeLedger(path, surroundings) : await readLedger(path, surroundings);
}
