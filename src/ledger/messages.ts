/** @module ledger/messages The sentences of why a ledger can't be opened, or not be read. */

/** Why a ledger can't be opened. */
export type OpenProblem =
  | { why: 'unnamed' | 'absent' | 'folder' | 'unreadable' | 'foreign' | 'busy' }
  /** Another process writes to it. */
  | { why: 'held'; holder: string }
  /** Written by another version of Tenet: the ledger's number, and the one that this version knows. */
  | { why: 'older' | 'newer'; version: number; known: number }
  | { why: 'unopened'; reason: string };

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
    case 'held':
      return {
        what: `${path} is being written by ${problem.holder}.`,
        remedy: 'Wait for it, or give another --ledger.',
      };
    case 'older':
      return {
        what: `${path} was written by an older Tenet (ledger version ${problem.version}, this one reads ${problem.known}).`,
        remedy:
          "Any command that writes to it brings it up to date, such as 'tenet audit --resume'.",
      };
    case 'newer':
      return {
        what: `${path} was written by a newer Tenet (ledger version ${problem.version}, this one knows ${problem.known}). Nothing was changed.`,
        remedy: 'Install that Tenet, or name another file with --ledger.',
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
