/** @module ledger/messages The sentences of why a ledger can't be opened, or not be read. */

/** Why a ledger can't be opened. */
export type OpenProblem =
  | { why: 'unnamed' | 'absent' | 'folder' | 'unreadable' | 'foreign' | 'busy' }
  /** Written by another version of Tenet: the ledger's number, and the one that this version knows. */
  | { why: 'older' | 'newer'; version: number; known: number }
  /** A database that can't be connected to, or a file that the system keeps closed. */
  | { why: 'unreached' | 'unopened'; reason: string };

/** What is wrong with the ledger at a path, and what to do about it. */
export function openProblemSaid(
  path: string,
  problem: OpenProblem,
): { what: string; remedy: string } {
  const another = 'Name another file with --ledger.';
  switch (problem.why) {
    case 'unnamed':
      return { what: 'the path of the ledger is empty.', remedy: another };
    case 'absent':
      return {
        what: `${path}: there is no ledger here.`,
        remedy: "'tenet audit' makes one, or name yours with --ledger.",
      };
    case 'folder':
      return { what: `${path} is a folder, not a ledger file.`, remedy: another };
    case 'unreadable':
      return {
        what: `${path} is not a ledger (SQLite can't read it). Nothing was changed.`,
        remedy: another,
      };
    case 'foreign':
      return {
        what: `${path} is a database, but not a ledger of Tenet's. Nothing was changed.`,
        remedy: another,
      };
    case 'busy':
      return {
        what: `${path} is busy.`,
        remedy: 'Wait for the other program, or give another --ledger.',
      };
    case 'older':
      return {
        what: `${path} was written by an older Tenet (ledger version ${problem.version}, this one reads ${problem.known}).`,
        remedy: 'Make it writable once, so that it can be brought up to date.',
      };
    case 'newer':
      return {
        what: `${path} was written by a newer Tenet (ledger version ${problem.version}, this one knows ${problem.known}). Nothing was changed.`,
        remedy: 'Install that Tenet, or name another file with --ledger.',
      };
    case 'unreached':
      return {
        what: `${path} can't be connected to: ${problem.reason}.`,
        remedy: 'Check PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE, or the address.',
      };
    case 'unopened':
      return { what: `${path} can't be opened as a ledger: ${problem.reason}.`, remedy: another };
  }
}

/** Of a ledger in which something stands that can't be: `found` names it. */
export function damagedLedgerSaid(found: string): { what: string; remedy: string } {
  return {
    what: `this ledger is damaged: it holds ${found}. No figure is told from it.`,
    remedy: 'Take the last copy that you have; calls that are on record in it are not asked again.',
  };
}

/** Of a run that somebody else writes to. */
export function heldSaid(run: string, holder: string): { what: string; remedy: string } {
  return { what: `run ${run} is being written by ${holder}.`, remedy: 'Wait for it.' };
}

/** Why a ledger could not be written. */
export function writeProblemSaid(path: string, isFull: boolean, error: unknown): string {
  if (isFull) {
    return `${path}: the disk is full. What was finished before is safe; free some space and go on with --resume.`;
  }
  const detail = error instanceof Error ? error.message : String(error);
  return `${path} can't be written: ${detail}. What was finished before is safe; go on with --resume.`;
}

/** Of a ledger whose database went away. */
export function unreachedSaid(path: string, reason: string): string {
  return `${path} can't be connected to: ${reason}. What was finished before is safe; go on with --resume.`;
}
