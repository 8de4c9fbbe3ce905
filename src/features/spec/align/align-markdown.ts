/** @module features/spec/align/align-markdown Two specs side by side, as a page of Markdown. */

import { markdownTable } from '../../../text/markdown-table.ts';
import { markdownCode, markdownText } from '../../../text/safe-text.ts';
import { judgementOf, nameOf, summaryOf } from './align-text.ts';
import type { Alignment, LoneClause } from './index.ts';

const HOW = {
  identical: 'word for word',
  mutual: 'likest',
  further: 'also alike',
  judged: 'by the judge',
} as const;

/** The alignment as Markdown: a table of pairs, and what only one of the two says. */
export function alignmentMarkdown(alignment: Alignment): string {
  const { first, second, pairs, judge } = alignment;
  const heads = [nameOf(first), nameOf(second)].map(markdownText);
  const rows = pairs.map((pair) => [
    clauseCell(pair.first),
    clauseCell(pair.second),
    HOW[pair.match],
    pair.words.map(markdownText).join(', '),
    ...(judge === null ? [] : [markdownText(judgementOf(pair))]),
    pair.similarity.toFixed(2),
  ]);
  const columns = [...heads, 'how', 'shared words', ...(judge === null ? [] : ['judge']), 'alike'];
  const parts = [
    `# ${heads.join(' beside ')}`,
    markdownText(summaryOf(alignment)),
    ...(rows.length === 0 ? [] : [markdownTable(columns, rows, columns.length - 1)]),
    ...lone(`Only in ${heads[0]}`, alignment.onlyFirst),
    ...lone(`Only in ${heads[1]}`, alignment.onlySecond),
  ];
  return `${parts.join('\n\n')}\n`;
}

function lone(head: string, clauses: readonly LoneClause[]): string[] {
  if (clauses.length === 0) return [];
  return [`## ${head}`, clauses.map((clause) => `- ${clauseCell(clause)}`).join('\n')];
}

function clauseCell({ id, title, level }: { id: string; title: string; level: string | null }) {
  const name = markdownCode(`#${id}`);
  return `${name} ${markdownText(title)}${level === null ? '' : ` (${markdownText(level)})`}`;
}
