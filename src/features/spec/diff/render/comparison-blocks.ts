/** @module features/spec/diff/render/comparison-blocks Two versions of a spec compared, the weightiest changes in full. */
import type { Detail } from '../../../../report/section.ts';
import { type Block, type List, section } from '../../../../text/blocks.ts';
import { count, grouped } from '../../../../text/numbers.ts';
import type { Part, Tone, Words } from '../../../../text/words.ts';
import type { SentenceChange, SpecChange, SpecDiff } from '../schema.ts';
import {
  CLASSES,
  changesIn,
  countsText,
  evalRows,
  headline,
  lineText,
  markRows,
  type OutlineRow,
  outline,
} from './outline.ts';

const SIGN_TONES: Readonly<Record<OutlineRow['sign'], Tone>> = {
  '+': 'good',
  '-': 'bad',
  '~': 'warning',
};
const CLASS_TONES = { normative: 'bad', clarifying: 'warning', editorial: 'dim' } as const;
const WIDEST_ID = 36;
/** At a glance a change of words is told with its neighbourhood; what is the same for long is left out. */
const CONTEXT = 50;

/**
 * What changed.
 * @param detail at a glance normative changes are told in full, others in brief
 */
export function comparisonBlocks(diff: SpecDiff, detail: Detail): Block[] {
  const evals = evalRows(diff);
  const notCompared =
    'Eval prompts were not compared: one version came without examples/ beside it.';
  return [
    section(
      { type: 'heading', level: 1, text: headline(diff) },
      { type: 'paragraph', text: countsText(diff) },
    ),
    ...outline(diff).map(({ heading, rows }) => listSection(heading, rows)),
    ...CLASSES.flatMap(({ name, heading, meaning }) => {
      const changes = changesIn(diff, name);
      if (changes.length === 0) return [];
      const body =
        name === 'editorial'
          ? [editorialList(changes, detail)]
          : changes.flatMap((change) => changeBlocks(change, detail));
      const tone: Tone[] = ['strong', CLASS_TONES[name]];
      const text = `${heading} (${grouped(changes.length)})`;
      return [section({ type: 'heading', level: 2, text, tone, aside: meaning }, body)];
    }),
    marksSection(diff),
    ...(evals.length > 0 ? [listSection('Eval tags and prompts', evals)] : []),
    ...(diff.evalPrompts === null ? [section({ type: 'paragraph', text: notCompared })] : []),
  ];
}

function listSection(heading: string, rows: readonly OutlineRow[]): Block {
  return section(
    { type: 'heading', level: 2, text: `${heading} (${grouped(rows.length)})` },
    {
      type: 'keyValues',
      indent: 2,
      mostKey: WIDEST_ID,
      rows: rows.map(({ sign, id, text }) => ({
        marker: sign,
        markerTone: SIGN_TONES[sign],
        key: id,
        value: text,
      })),
    },
  );
}

/** Those of one reason and kind together: there are many, and none is weighty. */
function editorialList(changes: readonly SpecChange[], detail: Detail): List {
  const groups = Map.groupBy(changes, ({ kind, reason }) =>
    kind === 'level' && detail === 'glance'
      ? 'level: the new name of a level'
      : `${kind}: ${reason}`,
  );
  return {
    type: 'list',
    marker: '',
    indent: 2,
    items: [...groups].map(([what, found]) => ({
      text: [
        `${what}: `,
        ...found.map(nameOf).flatMap((id, place) => (place === 0 ? [id] : [', ', id])),
      ],
    })),
  };
}

function nameOf({ id }: SpecChange): Part {
  return id === null ? 'the document' : { clause: id };
}

function changeBlocks(change: SpecChange, detail: Detail): Block[] {
  const { kind, edits = [], reason } = change;
  const where = lineText(change);
  const head: Words = [nameOf(change), ` ${kind}${where === '' ? '' : ` (${where})`}`];
  const heading: Block = { type: 'heading', level: 3, indent: 2, text: head };
  if (detail === 'all') return [heading, note(reason), ...everyEdit(edits)];
  const weighty = edits.filter((edit) => edit.class === change.class);
  if (change.class !== 'normative' || weighty.length === 0) return [heading, note(reason)];
  const rest = edits.length - weighty.length;
  return [
    heading,
    ...weighty.flatMap(editBlocks),
    ...(rest > 0 ? [note(`and ${count(rest, 'lesser change')} of sentences`)] : []),
  ];
}

function note(text: Words): Block {
  return { type: 'paragraph', indent: 4, text };
}

/** Why a sentence is told, and both versions of it as one. */
function editBlocks(edit: SentenceChange): Block[] {
  return [
    { type: 'paragraph', indent: 4, tone: 'dim', text: edit.reason },
    sentenceBlock(edit, 'glance', 4),
  ];
}

function everyEdit(edits: readonly SentenceChange[]): Block[] {
  if (edits.length === 0) return [];
  const items = edits.map((edit) => ({
    text: [{ text: edit.class, tone: CLASS_TONES[edit.class] }, `: ${edit.reason}`],
    blocks: [sentenceBlock(edit, 'all', 0)],
  }));
  return [{ type: 'list', indent: 4, items }];
}

function sentenceBlock(
  { type, words, before, after }: SentenceChange,
  detail: Detail,
  indent: number,
): Block {
  if (words !== undefined) {
    const text = words.map(([sign, said], place): Part => {
      if (sign === '+') return { added: said };
      if (sign === '-') return { removed: said };
      return detail === 'all' ? said : shortened(said, place === 0, place === words.length - 1);
    });
    return { type: 'paragraph', indent, marker: '~ ', text };
  }
  const text = before ?? after;
  if (text === null) throw new RangeError('a sentence stands in neither version');
  if (type === 'removed') return { type: 'paragraph', indent, marker: '- ', tone: 'bad', text };
  if (type === 'added') return { type: 'paragraph', indent, marker: '+ ', tone: 'good', text };
  return { type: 'paragraph', indent, marker: '~ ', text };
}

function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  if (text.length <= 2 * CONTEXT) return text;
  const start = isFirst ? '' : text.slice(0, CONTEXT).replace(/\S*$/, '');
  const end = isLast ? '' : text.slice(-CONTEXT).replace(/^\S*/, '');
  return `${start}[…]${end}`;
}

/** A list without marks. */
function plainList(items: List['items']): List {
  return { type: 'list', marker: '', indent: 2, items };
}

/** Replies whose mark turned, by example. */
function marksSection(diff: SpecDiff): Block {
  const rows = markRows(diff);
  if (rows.length === 0) return section();
  const items = rows.map(({ id, title, marks }) => {
    const turned = marks.map(({ from, to, reply }) => ({
      text: `${from ?? 'no mark'} → ${to ?? 'no mark'}: ${reply}`,
    }));
    return { text: [{ clause: id }, `, example “${title}”`], blocks: [plainList(turned)] };
  });
  return section(
    { type: 'heading', level: 2, text: `Marks (${grouped(rows.length)})` },
    plainList(items),
  );
}
