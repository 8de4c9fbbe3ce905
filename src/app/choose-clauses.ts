/** @module app/choose-clauses The clauses that `--clauses` chooses. */
import { type Spec, selectClauses } from '../spec/index.ts';
import { problem } from './messages.ts';

/** The ids that a query chooses. Throws where it is no query or chooses nothing. */
export function chosenClauses(spec: Spec, query: string): Set<string> {
  const selected = selectClauses(spec, query);
  if ('error' in selected) {
    throw problem('wrong-query', { query, column: selected.offset + 1, reason: selected.error });
  }
  if (selected.ids.length === 0) throw problem('no-clause-fits', { query });
  return new Set(selected.ids);
}
