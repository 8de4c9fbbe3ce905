/** @module cli/judge-calibrate */
import { Problem } from './problem.ts';

/** Not there yet. */
export async function calibrate(..._: unknown[]): Promise<void> {
  throw new Problem('not there yet');
}
