/** @module cli/health */
import { Problem } from './problem.ts';

/** Not there yet. */
export async function health(..._: unknown[]): Promise<void> {
  throw new Problem('not there yet');
}
