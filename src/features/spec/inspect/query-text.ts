/** @module features/spec/inspect/query-text The clauses that a query chooses, as a table for a terminal or as JSON. */

import {
  clauseText,
  comparisonsOf,
  type Section,
  type Spec,
  specName,
} from '../../../spec/index.ts';
import { levelOf } from '../../../spec/semantics/level-of.ts';
import { walkInlines } from '../../../spec/walk.ts';
import { cut, pad, widthOf } from '../../../text/layout.ts';
import { count } from '../../../text/numbers.ts';
import { painter } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';

/** A clause with what it holds. */
export interface ClauseRow {
  id: string;
  /** Its own or inherited, which is what a query compares. */
  level: string | null;
  kind: string | null;
  line: number;
  title: string;
  examples: number;
  comparisons: number;
  evalTags: number;
  commentary: number;
}

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
    level: levelOf(spec, section),
    kind,
    line: section.heading.start.line,
    title,
    examples: examples.length,
    comparisons: examples.reduce((sum, example) => sum + comparisonsOf(example).length, 0),
    evalTags: walkInlines(section.blocks).filter(({ type }) => type === 'eval-tag').length,
    commentary: commentary.length,
  };
}

/** How much of a query is shown on either side of the place where it is wrong. */
const AROUND = 30;

/** What is wrong with a query and where: the words around the place, however long the query is. */
export function renderQueryError(query: string, error: string, offset: number): string {
  const from = Math.max(0, offset - AROUND);
  const to = Math.min(query.length, offset + AROUND);
  const before = `${from > 0 ? '…' : ''}${safeLine(query.slice(from, offset))}`;
  const after = `${safeLine(query.slice(offset, to))}${to < query.length ? '…' : ''}`;
  return `<query>:1:${offset + 1}: ${safeLine(error)}\n  ${before}${after}\n  ${' '.repeat(widthOf(before))}^`;
}

/** What `tenet spec query` prints. */
export function renderQuery(
  spec: Spec,
  query: string,
  rows: readonly ClauseRow[],
  settings: { width?: number; color?: boolean } = {},
): string {
  const width = Math.max(40, settings.width ?? 80);
  const paint = painter(settings.color ?? false);
  const clauses = spec.sections.filter(({ isClause }) => isClause).length;
  const summary = `${count(rows.length, 'clause')} of ${clauses} in ${specName(spec)}: ${query}`;
  const lines = [paint('bold', cut(safeLine(summary), width))];
  if (rows.length > 0) lines.push('', ...table(rows, width, (text) => paint('dim', text)));
  return `${lines.join('\n')}\n`;
}

function table(rows: readonly ClauseRow[], width: number, dim: (text: string) => string): string[] {
  const cells = rows.map(({ id, level, kind, line, examples, evalTags, title }) => ({
    fixed: [safeLine(level ?? '–'), kind ?? '–', String(line), String(examples), String(evalTags)],
    id: safeLine(`#${id}`),
    title: safeLine(title),
  }));
  const head = ['level', 'kind', 'line', 'examples', 'evals'];
  const widths = head.map((name, column) =>
    Math.min(
      16,
      Math.max(widthOf(name), ...cells.map(({ fixed }) => widthOf(fixed[column] ?? ''))),
    ),
  );
  const room = width - widths.reduce((sum, own) => sum + own + 2, 0);
  const longest = Math.max(6, ...cells.map(({ id }) => widthOf(id)));
  const ids = Math.max(10, Math.min(longest, room));
  // The title is what one can do without: the id names the clause.
  const titles = room - ids - 2;
  const row = (id: string, fixed: readonly string[], title: string): string => {
    const set = fixed.map((text, column) =>
      pad(text, widths[column] ?? 0, column > 1 ? 'right' : 'left'),
    );
    const end = titles >= 12 ? [cut(title, titles)] : [];
    return [pad(id, ids), ...set, ...end].join('  ').trimEnd();
  };
  return [
    dim(row('clause', head, 'title')),
    ...cells.map(({ id, fixed, title }) => row(id, fixed, title)),
  ];
}
