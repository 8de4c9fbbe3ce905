/** @module cli/judge-list */
import { Problem } from './problem.ts';

/** Not there yet. */
export async function list(..._: unknown[]): Promise<void> {
  throw new Problem('not there yet');
}
