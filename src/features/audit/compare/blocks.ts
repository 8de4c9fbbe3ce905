/** @module features/audit/compare/blocks A comparison of two runs as people are shown it. */
import type { Detail } from '../../../report/section.ts';
import { type Block, type Column, section, stamped, type TableRow } from '../../../text/blocks.ts';
import {
  cautionsOf,
  differenceText,
  estimateText,
  intervalText,
  isDifferent,
  probabilityText,
  reasonsOf,
  UNMEASURED,
} from '../../../text/figures.ts';
import { count, grouped } from '../../../text/numbers.ts';
import { listed, type Words, words } from '../../../text/words.ts';
import type { ComparedSide, ComparisonDocument } from './schema.ts';

const CHANGES_SHOWN = 10;
const CLAUSES_NAMED = 6;

/** Narrower than this the columns of figures leave no room for a name. */
const LEAST_TABLE = 60;

type Group = ComparisonDocument['overall'];
type Clause = ComparisonDocument['clauses'][number];

/** The comparison; at a glance only clauses that are told apart, or differ by themselves. */
export function comparisonBlocks(document: ComparisonDocument, detail: Detail): Block[] {
  const { clauses } = document;
  const shown = detail === 'all' ? clauses : standing(clauses);
  return stamped(document.simulated, [
    headBlock(document),
    ...tableBlocks(document, shown),
    legendBlock(document, shown),
    changesBlock(document),
  ]);
}

function headBlock({ first, second, pairing, trials, notes }: ComparisonDocument): Block {
  const side = (name: string, { run, subject, spec }: ComparedSide): Block => ({
    type: 'paragraph',
    fit: 'cut',
    text: words`${name.padEnd(8)}${run}  ${{ model: subject }}  ${spec}`,
  });
  return section(
    { type: 'heading', level: 1, text: 'Comparison: first minus second, in points of adherence' },
    side('first', first),
    side('second', second),
    paragraph(pairingText(pairing, trials)),
    notes.map((note) => paragraph(`! ${note}`)),
  );
}

function paragraph(text: Words): Block {
  return { type: 'paragraph', text };
}

function pairingText(
  pairing: ComparisonDocument['pairing'],
  { first, second, shared }: ComparisonDocument['trials'],
): string {
  return pairing === 'paired'
    ? `Paired: ${count(shared, 'case')} that both runs judged (same question, clause and repeat) of ${grouped(first)} and ${grouped(second)}.`
    : `Not paired: the runs share ${grouped(shared)} of ${grouped(first)} and ${grouped(second)} cases, so each counts its own.`;
}

/** Clauses to show at a glance, those furthest apart first. */
function standing(clauses: readonly Clause[]): Clause[] {
  return clauses
    .filter(({ called, difference }) => called || isDifferent(difference))
    .toSorted((a, b) => distanceOf(b) - distanceOf(a));
}

function distanceOf({ difference }: Clause): number {
  // Without an estimate nothing is told apart.
  return Math.abs(difference.estimate ?? 0);
}

const COLUMNS: readonly Column[] = [
  { head: '', fills: true, cut: 'end', least: 10 },
  { head: 'first', align: 'right', width: 7 },
  { head: 'interval', align: 'right', details: true },
  { head: 'second', align: 'right', width: 7 },
  { head: 'interval', align: 'right', details: true },
  { head: 'n', align: 'right', width: 6 },
  { head: 'difference', align: 'right', width: 18 },
  { head: 'p', align: 'right', details: true },
  { head: 'p adjusted', align: 'right', details: true },
];

function tableBlocks(
  { overall, levels, clauses }: ComparisonDocument,
  shown: readonly Clause[],
): Block[] {
  const marks = shown.some((clause) => markOf(clause) !== '');
  const columns = marks ? [...COLUMNS, { head: '' }] : COLUMNS;
  const table = (rows: readonly TableRow[], heads: 'dim' | 'none'): Block[] =>
    rows.length === 0 ? [] : [{ type: 'table', columns, rows, heads, stackedBelow: LEAST_TABLE }];
  const whole = (group: Group, name: string, indent: number): TableRow => ({
    indent,
    cells: cellsOf(name, group),
    ...(isDifferent(group.difference) ? { tone: 'strong' } : {}),
  });
  const left = clauses.length - shown.length;
  const also = shown.length === 0 ? '' : 'and ';
  const more = `${also}${count(left, 'clause')} more with nothing to tell (--all shows them)`;
  const rest = left === 0 ? [] : [paragraph(more)];
  return [
    section(
      table(
        [whole(overall, 'overall', 0), ...levels.map((group) => whole(group, group.level, 2))],
        'dim',
      ),
      shown.length === 0 ? rest : [],
    ),
    section(
      table(
        shown.map((clause) => ({
          cells: [
            ...cellsOf([{ clause: clause.id }], clause, clause.adjusted),
            ...(marks ? [markOf(clause)] : []),
          ],
        })),
        'none',
      ),
      shown.length === 0 ? [] : rest,
    ),
  ];
}

function markOf({ called, reworded }: Clause): string {
  return `${called ? '◆' : ''}${reworded ? '≠' : ''}`;
}

function cellsOf(name: Words, group: Group, adjusted: number | null = null): Words[] {
  const { first, second, difference } = group;
  return [
    name,
    estimateText(first),
    intervalText(first),
    estimateText(second),
    intervalText(second),
    casesText(group),
    differenceText(difference),
    probabilityText(difference.probability),
    probabilityText(adjusted),
  ];
}

function casesText({ first, second, pairs }: Group): string {
  if (pairs !== null) return grouped(pairs.count);
  return first.trials === second.trials
    ? grouped(first.trials)
    : `${grouped(first.trials)}/${grouped(second.trials)}`;
}

/** What signs mean, why figures are missing, and what only one of the runs has. */
function legendBlock(document: ComparisonDocument, shown: readonly Clause[]): Block {
  const { overall, levels, clauses, family, first, second, onlyIn } = document;
  const called = clauses.filter(({ called: is }) => is).map(({ id }) => id);
  const share = Math.round(family.falseDiscoveryRate * 100);
  const only = (which: string, ids: readonly string[]): Words[] =>
    ids.length === 0 ? [] : [words`Only the ${which} run judged ${named(ids)}.`];
  return section(
    [
      words`◆ told apart among ${count(family.tests, 'clause')} at a false discovery rate of ${share} % (Benjamini and Hochberg): ${called.length === 0 ? 'none' : named(called)}.`,
      ...(first.judge === 'unmeasured' || second.judge === 'unmeasured'
        ? [`${UNMEASURED} The judge’s errors were not measured; no figure is corrected for them.`]
        : []),
      ...(clauses.some(({ reworded }) => reworded)
        ? ['≠ the words of the clause differ between the runs; it is in no level and not overall.']
        : []),
      ...reasonsOf([overall, ...levels, ...shown].map(({ difference }) => difference)).map(
        (reason) => `– ${reason}`,
      ),
      ...cautionsOf([overall.difference]).map((caution) => `Caution: ${caution}.`),
      ...only('first', onlyIn.first),
      ...only('second', onlyIn.second),
    ].map(paragraph),
  );
}

function named(ids: readonly string[]): ReturnType<typeof listed> {
  return listed(
    ids.map((clause) => [{ clause }]),
    CLAUSES_NAMED,
  );
}

/** Transcripts that went from one side to the other, those that got worse first. */
function changesBlock({ changes, first, second }: ComparisonDocument): Block {
  const worse = changes.filter(({ from }) => from === 'violates');
  const better = changes.filter(({ from }) => from === 'adheres');
  const [read] = [...worse, ...better];
  if (read === undefined) return section();
  const shown = [...worse, ...better].slice(0, CHANGES_SHOWN);
  const left = changes.length - shown.length;
  const moreText = `and ${count(left, 'more', 'more')} (--format json lists all)`;
  return section(
    paragraph(
      `${count(changes.length, 'case')} ended otherwise: ${worse.length} violate in the first alone, ${better.length} in the second alone.`,
    ),
    shown.map(
      (change): Block => ({
        type: 'paragraph',
        indent: 2,
        fit: 'cut',
        text: words`${{ clause: change.clause }}  ${change.from} (${{ transcript: change.first, run: first.run }}) → ${change.to} (${{ transcript: change.second, run: second.run }})`,
      }),
    ),
    { type: 'paragraph', indent: 2, text: left > 0 ? moreText : '' },
    paragraph(
      words`Read them: ${{ code: `tenet show ${first.run} ${read.first}` }}  and  ${{ code: `tenet show ${second.run} ${read.second}` }}`,
    ),
    {
      type: 'details',
      summary: 'What ended otherwise',
      blocks: [
        {
          type: 'table',
          columns: ['clause', 'scenario', 'first', 'second'].map((head) => ({ head })),
          rows: changes.map((change) => ({
            cells: [
              [{ clause: change.clause }],
              change.scenario,
              words`${change.from} (${{ transcript: change.first, run: first.run }})`,
              words`${change.to} (${{ transcript: change.second, run: second.run }})`,
            ],
          })),
        },
      ],
    },
  );
}
