/** @module library/ledger Ledgers for programs. */
import { readLedger, writeLedger } from '../app/ledgers.ts';
import type { Ledger as Store } from '../ledger/ledger.ts';

/** A ledger that a program has opened; `await using` closes it. */
export interface Ledger extends Store, AsyncDisposable {}

/** What `openLedger` calls a ledger that is kept nowhere. */
const MEMORY = 'memory';

/**
 * Opens a ledger. To write, it is made where there is none. Rejects with a `TenetError` where it can't be opened.
 *
 * @param path of its file, or `memory` for one that ends with this process
 */
export async function openLedger(
  path: string,
  { write = false, signal }: { write?: boolean; signal?: AbortSignal } = {},
): Promise<Ledger> {
  signal?.throwIfAborted();
  const store = openStore(path, write);
  return Object.assign(store, { [Symbol.asyncDispose]: async () => store.close() });
}

/** The ledger that is given, or the one at a path, which `close` closes; one that was given stays open. */
export function ledgerFor(
  given: Store | string,
  write: boolean,
): { ledger: Store; close: () => void } {
  if (typeof given !== 'string') return { ledger: given, close: () => {} };
  const ledger = openStore(given, write);
  return { ledger, close: () => ledger.close() };
}

function openStore(path: string, write: boolean): Store {
  if (path === MEMORY) return writeLedger(':memory:', 'a program');
  return write ? writeLedger(path, 'a program') : readLedger(path);
}
