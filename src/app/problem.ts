/**
 * @module app/problem
 * What a user has to put right: said in one place, with the place and the remedy, and exit code 2.
 */

/** A problem of the user's, not of the program's: its message is all that is shown. */
export class Problem extends Error {
  override name = 'Problem';
}

/** Ends a command with this exit code after everything has been said. */
export class Exit extends Error {
  override name = 'Exit';
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
