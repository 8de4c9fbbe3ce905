/** @module features/spec/inspect/query-blocks The clauses that a query chooses, as a table. */

import {
  clauseText,
  comparisonsOf,
  type Section,
  type Spec,
  specName,
} from '../../../spec/index.ts';
import { levelOf } from '../../../spec/semantics/level-of.ts';
import { tagsIn } from '../../../spec/walk.ts';
import { type Block, section, type Table } from '../../../text/blocks.ts';
import { NOTHING } from '../../../text/figures.ts';
import { count } from '../../../text/numbers.ts';
import type { ClauseRow } from './schema.ts';

/** The rows of these clauses, in the order of the ids. */
export function clauseRows(spec: Spec, ids: readonly string[]): ClauseRow[] {
  const sections = new Map(spec.sections.map((section) => [section.id, section]));
  return ids.flatMap((id) => {
    const section = sections.get(id);
    return section === undefined ? [] : [rowOf(spec, section)];
  });
}

function rowOf(spec: Spec, section: Section): ClauseRow {
  const { id, kind, title } = section;
  const { examples, commentary } = clauseText(spec, section);
  return {
    id,
    // Its own or inherited, which is what a query compares.
    level: levelOf(spec, section),
    kind,
    line: section.heading.start.line,
    title,
    examples: examples.length,
    comparisons: examples.reduce((sum, example) => sum + comparisonsOf(example).length, 0),
    evalTags: tagsIn(section.blocks).length,
    commentary: commentary.length,
  };
}

/** What `tenet spec query` shows. */
export function queryBlocks(spec: Spec, query: string, rows: readonly ClauseRow[]): Block[] {
  const clauses = spec.sections.filter(({ isClause }) => isClause).length;
  const found = count(rows.length, 'clause');
  return [
    { type: 'heading', level: 1, text: `${found} of ${clauses} in ${specName(spec)}: ${query}` },
    section(...(rows.length === 0 ? [] : [tableOf(rows)])),
  ];
}

/** The title is what one can do without: the id names the clause. */
function tableOf(rows: readonly ClauseRow[]): Table {
  return {
    type: 'table',
    heads: 'dim',
    columns: [
      { head: 'clause', cut: 'end', least: 10 },
      { head: 'level', most: 16 },
      { head: 'kind', most: 16 },
      { head: 'line', align: 'right', most: 16 },
      { head: 'examples', align: 'right', most: 16 },
      { head: 'evals', align: 'right', most: 16 },
      { head: 'title', rest: 12 },
    ],
    rows: rows.map(({ id, level, kind, line, examples, evalTags, title }) => ({
      cells: [
        [{ clause: id }],
        level ?? NOTHING,
        kind ?? NOTHING,
        String(line),
        String(examples),
        String(evalTags),
        title,
      ],
    })),
  };
}
