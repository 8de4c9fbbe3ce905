/** @module features/spec/inspect/query-command `tenet spec query`: list the clauses that a query chooses. */

import { loadSpec } from '../../../app/files.ts';
import { Problem } from '../../../app/problem.ts';
import { screen } from '../../../cli/terminal.ts';
import { selectClauses } from '../../../spec/index.ts';
import { printDocument } from '../../../text/json.ts';
import { clauseRows, renderQuery, renderQueryError } from './query-text.ts';

/** Prints the clauses, or where the query is wrong. */
export function query(
  file: string,
  text: string,
  flags: { json?: boolean; dialect?: string },
): void {
  const spec = loadSpec(file, flags.dialect);
  const selected = selectClauses(spec, text);
  if ('error' in selected) {
    throw new Problem(renderQueryError(text, selected.error, selected.offset));
  }
  const rows = clauseRows(spec, selected.ids);
  const { id, version, sha256 } = spec;
  process.stdout.write(
    flags.json === true
      ? printDocument('tenet.spec-query', 1, {
          spec: { id, version, sha256 },
          query: text,
          count: rows.length,
          clauses: rows,
        })
      : renderQuery(spec, text, rows, screen(process.stdout)),
  );
}
