/** @module features/audit/compare/comparison-markdown A comparison of two runs as Markdown, every clause of it. */

import { differenceText, estimateText, intervalText } from '../../../report/figures.ts';
import { markdownTable } from '../../../text/markdown-table.ts';
import { markdownCode, markdownText } from '../../../text/safe-text.ts';
import { SIMULATED_NOTE } from '../../../text/stamp.ts';
import type { ComparisonDocument } from './comparison.ts';

type Group = ComparisonDocument['overall'];

/** The comparison as Markdown. */
export function renderComparisonMarkdown(document: ComparisonDocument): string {
  const { first, second, overall, levels, clauses, family, notes, pairing, trials } = document;
  const heads = ['', 'first', 'second', 'n', 'difference', 'p', 'p adjusted', ''];
  const cells = (name: string, group: Group, adjusted = '', mark = ''): string[] => [
    name,
    `${estimateText(group.first)} ${intervalText(group.first)}`,
    `${estimateText(group.second)} ${intervalText(group.second)}`,
    group.pairs === null
      ? `${group.first.trials} / ${group.second.trials}`
      : String(group.pairs.count),
    differenceText(group.difference),
    probabilityText(group.difference.probability),
    adjusted,
    mark,
  ];
  const rows = [
    cells('overall', overall),
    ...levels.map((group) => cells(markdownText(group.level), group)),
    ...clauses.map((clause) =>
      cells(
        markdownCode(`#${clause.id}`),
        clause,
        probabilityText(clause.adjusted),
        [clause.called ? 'told apart' : '', clause.reworded ? 'words differ' : '']
          .filter(Boolean)
          .join(', '),
      ),
    ),
  ];
  const side = ({ run, subject, spec }: ComparisonDocument['first']): string =>
    `run ${markdownCode(run)}, ${markdownCode(subject)}, ${markdownText(spec)}`;
  const stamp = document.simulated ? [`**${SIMULATED_NOTE}**`] : [];
  const changes = document.changes.map((change) => [
    markdownCode(`#${change.clause}`),
    markdownText(change.scenario),
    `${change.from} (${change.first})`,
    `${change.to} (${change.second})`,
  ]);
  return `${[
    '# Comparison',
    ...stamp,
    `- first: ${side(first)}\n- second: ${side(second)}`,
    `${pairing === 'paired' ? 'Paired' : 'Not paired'}: ${trials.shared} cases are shared, of ${trials.first} and ${trials.second}. Differences are first minus second, in points of adherence, with 95 % intervals. Probabilities are adjusted for ${family.tests} clauses (Benjamini and Hochberg); at most ${family.falseDiscoveryRate} tells a clause apart.`,
    ...notes.map((note) => `> ${markdownText(note)}`),
    markdownTable(heads, rows),
    ...(changes.length === 0
      ? []
      : [
          '## What ended otherwise',
          markdownTable(['clause', 'scenario', 'first', 'second'], changes, 4),
        ]),
    ...stamp,
  ].join('\n\n')}\n`;
}

function probabilityText(probability: number | null): string {
  if (probability === null) return '–';
  return probability < 0.001 ? '<0.001' : probability.toFixed(3);
}
