/** @module ledger/writes How the parts of the ledger write. */

export interface Commits {
  /** Commits what waits, so that readers see all. */
  flush(): void;
  /** All of the work, or nothing. */
  transaction(work: () => void): void;
}
