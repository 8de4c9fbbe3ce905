/** @module cli/compare */
import { Problem } from './problem.ts';

/** Not there yet. */
export async function compare(..._: unknown[]): Promise<void> {
  throw new Problem('not there yet');
}
