/** @module app/with-ledger A ledger for as long as somebody reads it. */
import type { Ledger } from '../ledger/ledger.ts';
import type { Context } from './context.ts';

/** Reads the ledger at a path, and closes it whatever happens. Throws a `TenetError` where there is none. */
export async function withLedger<Done>(
  { ledger: ledgers }: Pick<Context, 'ledger'>,
  path: string | undefined,
  work: (ledger: Ledger) => Done | Promise<Done>,
): Promise<Done> {
  const ledger = await ledgers.read(path);
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}
