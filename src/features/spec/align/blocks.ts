/** @module features/spec/align/blocks Two specs side by side, as they are shown. */
import type { Detail } from '../../../report/section.ts';
import { specName } from '../../../spec/index.ts';
import { type Block, section, type Table, type TableRow } from '../../../text/blocks.ts';
import type { Words } from '../../../text/words.ts';
import { judgementText, legendText, MATCHES, summaryWords, titleText } from './messages.ts';
import type { AlignedClause, AlignedPair, Alignment, LoneClause } from './schema.ts';

const NUMBER = 5;
const SIGN = 1;
const GAP = 2;

/** The pairs and what only one of the two says. At a glance by their ids; `all` with titles, levels and words. */
export function alignmentBlocks(alignment: Alignment, detail: Detail = 'glance'): Block[] {
  const { first, second, pairs, onlyFirst, onlySecond } = alignment;
  const table = detail === 'all' ? wholeTable(alignment) : briefTable(alignment);
  return [
    section(
      { type: 'heading', level: 1, text: titleText(alignment), fit: 'wrap' },
      { type: 'paragraph', text: summaryWords(alignment) },
    ),
    section(pairs.length === 0 ? [] : [table]),
    loneSection(`Only in ${specName(first)}`, onlyFirst),
    loneSection(`Only in ${specName(second)}`, onlySecond),
    section({
      type: 'paragraph',
      text: legendText(alignment, detail === 'glance'),
      tone: 'dim',
    }),
  ];
}

/** By ids: the second spec's give way where both don't fit. A clause with several partners is named once. */
function briefTable({ first, second, pairs }: Alignment): Table {
  let last = '';
  return {
    type: 'table',
    heads: 'dim',
    gap: GAP,
    columns: [
      { head: 'alike', align: 'right', width: NUMBER },
      { head: '', width: SIGN },
      { head: specName(first), cut: 'middle', most: 'half', least: Number.POSITIVE_INFINITY },
      { head: specName(second), cut: 'middle' },
    ],
    rows: pairs.flatMap((pair): TableRow[] => {
      const { id } = pair.first;
      const shown: Words = id === last ? '' : [{ clause: id }];
      last = id;
      const cells = [
        pair.similarity.toFixed(2),
        MATCHES[pair.match].sign,
        shown,
        [{ clause: pair.second.id }],
      ];
      return [{ cells }, ...notesOf(pair)];
    }),
  };
}

function notesOf(pair: AlignedPair): TableRow[] {
  if (pair.match === 'identical') return [];
  const indent = NUMBER + SIGN + 2 * GAP;
  return [
    { note: pair.words.join(', '), indent, tone: 'dim', fit: 'cut' },
    { note: judgementText(pair), indent },
  ];
}

function wholeTable({ first, second, pairs, judge }: Alignment): Table {
  return {
    type: 'table',
    columns: [
      { head: specName(first) },
      { head: specName(second) },
      { head: 'how' },
      { head: 'shared words' },
      ...(judge === null ? [] : [{ head: 'judge' }]),
      { head: 'alike', align: 'right' },
    ],
    rows: pairs.map((pair) => ({
      cells: [
        clauseWords(pair.first),
        clauseWords(pair.second),
        MATCHES[pair.match].words,
        pair.words.join(', '),
        ...(judge === null ? [] : [judgementText(pair)]),
        pair.similarity.toFixed(2),
      ],
    })),
  };
}

function clauseWords({ id, title, level }: AlignedClause): Words {
  return [{ clause: id }, ` ${title}${level === null ? '' : ` (${level})`}`];
}

function loneSection(head: string, clauses: readonly LoneClause[]): Block {
  if (clauses.length === 0) return section();
  return section(
    { type: 'heading', level: 2, text: `${head} (${clauses.length})`, fit: 'wrap' },
    {
      type: 'table',
      heads: 'none',
      indent: 2,
      gap: GAP,
      columns: [
        { head: 'clause', cut: 'middle', most: 'half', least: Number.POSITIVE_INFINITY },
        { head: 'title', cut: 'end', tone: 'dim' },
        { head: 'level', details: true },
      ],
      rows: clauses.map(({ id, title, level }) => ({
        // Without a level the cell is empty.
        cells: [[{ clause: id }], title, level ?? ''],
      })),
    },
  );
}
