/** @module ledger/problem */

/** The ledger could not be written: a full disk, a file taken away. Nothing that was committed is lost. */
export class LedgerWriteError extends Error {
  override name = 'LedgerWriteError';
}
