/**
 * @module app/problem
 * What a user has to put right, as a whole sentence.
 */
import { TenetError } from './errors.ts';

/** A problem of the user's whose sentence has no data yet. */
export class Problem extends TenetError {
  override name = 'Problem';
  constructor(message: string) {
    super('problem', { what: message });
  }
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
