/** @module cli/judge-rubric */
import { Problem } from './problem.ts';

/** Not there yet. */
export async function rubric(..._: unknown[]): Promise<void> {
  throw new Problem('not there yet');
}
