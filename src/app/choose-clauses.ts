/** @module app/choose-clauses The clauses that `--clauses` chooses. */
import { type Spec, selectClauses } from '../spec/index.ts';
import { Problem } from './problem.ts';

/** The ids that a query chooses, or a `Problem` where it is none or chooses nothing. */
export function chosenClauses(spec: Spec, query: string): Set<string> {
  const shown = query.slice(0, 200);
  const selected = selectClauses(spec, query);
  if ('error' in selected) {
    throw new Problem(`--clauses: column ${selected.offset + 1} of '${shown}': ${selected.error}`);
  }
  if (selected.ids.length === 0) throw new Problem(`--clauses: no clause fits '${shown}'.`);
  return new Set(selected.ids);
}
