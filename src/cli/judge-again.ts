/** @module cli/judge-again */
import { Problem } from './problem.ts';

/** Not there yet. */
export async function again(..._: unknown[]): Promise<void> {
  throw new Problem('not there yet');
}
