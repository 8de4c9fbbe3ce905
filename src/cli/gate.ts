/** @module cli/gate */
import { Problem } from './problem.ts';

/** Not there yet. */
export async function gate(..._: unknown[]): Promise<void> {
  throw new Problem('not there yet');
}
