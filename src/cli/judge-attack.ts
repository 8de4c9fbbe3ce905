/** @module cli/judge-attack */
import { Problem } from './problem.ts';

/** Not there yet. */
export async function attack(..._: unknown[]): Promise<void> {
  throw new Problem('not there yet');
}
