/** @module cli/label */
import { Problem } from './problem.ts';

/** Not there yet. */
export async function label(..._: unknown[]): Promise<void> {
  throw new Problem('not there yet');
}
