/**
 * @module app/ledgers
 * Opens the ledger that a command works on.
 */
import { join } from 'node:path';
import { type Ledger, openLedger } from '../ledger/ledger.ts';
import { problem } from './messages.ts';

/** The ledger that commands use where none is named. */
export const DEFAULT_LEDGER = join('.tenet', 'ledger.db');

/** The ledger at a path, to read. Throws a `TenetError` where there is none. */
export function readLedger(path: string = DEFAULT_LEDGER): Ledger {
  return opened(path, { write: false });
}

/** The ledger at a path, to write; made where there is none. `purpose` tells others who holds it. */
export function writeLedger(path: string, purpose: string): Ledger {
  return opened(path, { write: true, purpose });
}

function opened(path: string, access: Parameters<typeof openLedger>[1]): Ledger {
  const result = openLedger(path, access);
  if (result.ok) return result.ledger;
  throw problem('ledger', { path, problem: result.problem });
}
