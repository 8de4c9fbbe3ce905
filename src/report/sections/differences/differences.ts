/** @module report/sections/differences/differences Each two subjects: overall, and the levels on which they differ. */

import { nameAt } from '../../../run/names.ts';
import { type Difference, toldCautions } from '../../../stats/index.ts';
import { type Block, section, type TableRow } from '../../../text/blocks.ts';
import { differenceText, isDifferent, NOTHING, reasonsOf } from '../../../text/figures.ts';
import { count } from '../../../text/numbers.ts';
import type { Words } from '../../../text/words.ts';
import { shortNames } from '../../page-names.ts';
import type { RunView } from '../../run-view.ts';
import { ownParts, type Report } from '../../schema.ts';
import { fieldsOf } from '../../schema-parts.ts';
import type { Detail, ReportSection } from '../../section.ts';
import { judgeState } from '../rates/subjects.ts';
import { differenceSchema, type ReportDifference } from './schema.ts';

type Comparisons = Report['comparisons'];

export const differencesSection: ReportSection<Comparisons> = {
  key: 'comparisons',
  order: 90,
  part: { order: 70, schema: ownParts.comparisons, build: comparisonsOf },
  render: (comparisons, report, detail) => differenceBlocks(comparisons, report, detail),
};

function comparisonsOf(view: RunView): Comparisons {
  const name = (place: number): string => nameAt(view.subjects, place);
  const reported = (difference: Difference): ReportDifference =>
    fieldsOf(differenceSchema, {
      ...difference,
      ...toldCautions(difference.cautions),
      correction: 'none',
      judge: judgeState(view),
    });
  return view.tally.comparisons.map(({ first, second, overall, levels }) => ({
    first: name(first),
    second: name(second),
    overall: reported(overall),
    levels: levels.map(({ level, difference }) => ({ level, difference: reported(difference) })),
  }));
}

const PAIRS_AT_MOST = 6;

function differenceBlocks(comparisons: Comparisons, report: Report, detail: Detail): Block[] {
  if (comparisons.length === 0) return [];
  const { subject } = shortNames(report);
  const shown = detail === 'all' ? comparisons : comparisons.slice(0, PAIRS_AT_MOST);
  const rows = shown.flatMap(({ first, second, overall, levels }) => [
    { pair: [subject(first), ' − ', subject(second)], name: 'overall', difference: overall },
    ...levels
      .filter(({ difference }) => detail === 'all' || isDifferent(difference))
      .map(({ level, difference }) => ({ pair: '', name: level, difference })),
  ]);
  const left = comparisons.length - shown.length;
  return [
    section(
      { type: 'heading', level: 2, text: 'Differences in points, on the same scenarios' },
      {
        type: 'table',
        indent: 2,
        heads: 'none',
        columns: [
          { head: 'Subjects' },
          { head: 'Level', most: 20 },
          { head: 'Difference' },
          { head: 'Stands on' },
        ],
        rows: rows.map(rowOf),
      },
      left > 0
        ? [
            {
              type: 'paragraph',
              indent: 2,
              fit: 'cut',
              text: `and ${count(left, 'more pair')} in the other formats`,
            },
          ]
        : [],
      reasonsOf(rows.map(({ difference }) => difference)).map(
        (reason): Block => ({ type: 'paragraph', marker: `  ${NOTHING} `, text: reason }),
      ),
    ),
  ];
}

function rowOf({
  pair,
  name,
  difference,
}: {
  pair: Words;
  name: string;
  difference: ReportDifference;
}): TableRow {
  return { cells: [pair, name, differenceText(difference), pairsText(difference)] };
}

/** What the difference stands on, and what it says. */
function pairsText(difference: ReportDifference): string {
  const { estimate, pairs, low } = difference;
  if (estimate === null) return '';
  const alike = low !== null && !isDifferent(difference) ? '; could be chance' : '';
  return `${count(pairs, 'pair')}${alike}`;
}
