/**
 * @module features/spec/diff/render/outline
 * A difference between two versions in the order in which every format tells it: what the documents are, what
 * came and went, then the changes, the weightiest first.
 */
import { count, grouped, percent } from '../../../../text/numbers.ts';
import type { ChangeClass, ExampleChange, Share, SpecChange, SpecDiff } from '../schema.ts';

/** A list with its heading; `rows` are whole sentences. */
export interface OutlineList {
  heading: string;
  rows: OutlineRow[];
}

/** `id` stands first and is a name; the rest is said of it. */
export interface OutlineRow {
  sign: '+' | '-' | '~';
  id: string;
  text: string;
}

/** The classes, the weightiest first, with what each means to a reader. */
export const CLASSES: readonly { name: ChangeClass; heading: string; meaning: string }[] = [
  { name: 'normative', heading: 'Normative', meaning: 'what is right may be another thing now' },
  {
    name: 'clarifying',
    heading: 'Clarifying',
    meaning: 'the same duty, explained or shown otherwise',
  },
  { name: 'editorial', heading: 'Editorial', meaning: 'how it is typed, named or ordered' },
];

/** `model-spec@2025-04-11`; the hash where there is no version. */
export function documentName({ id, version, sha256 }: SpecDiff['older']): string {
  return `${id}@${version ?? sha256.slice(0, 12)}`;
}

/** `model-spec@2025-04-11 → model-spec@2025-09-12`. */
export function headline({ older, newer }: SpecDiff): string {
  return `${documentName(older)} → ${documentName(newer)}`;
}

/** `33 normative, 50 clarifying and 43 editorial changes`, or that there is none. */
export function countsText({ changes, counts }: SpecDiff): string {
  if (changes.length === 0) return 'Nothing changed.';
  const { normative, clarifying, editorial } = counts;
  return `${count(changes.length, 'change')}: ${grouped(normative)} normative, ${grouped(clarifying)} clarifying, ${grouped(editorial)} editorial`;
}

/** `49 %`; only what is the same altogether is 100 %. */
export function shareText(similarity: number): string {
  return percent(similarity);
}

/** What came, went and got another name, place or rank; lists without rows are left out. */
export function outline(diff: SpecDiff): OutlineList[] {
  const { levels } = diff;
  const renamedTo = new Set(diff.renamed.map(({ to }) => to));
  const renamedFrom = new Set(diff.renamed.map(({ from }) => from));
  const reasons = new Map(
    diff.changes
      .filter(({ olderLine, newerLine }) => olderLine === null || newerLine === null)
      .map((change) => [`${change.newerLine === null ? '-' : '+'}${change.id}`, change.reason]),
  );
  const shares = (parts: readonly Share[]): string =>
    parts.map(({ id, similarity }) => `#${id} (${shareText(similarity)})`).join(', ');
  const lists: OutlineList[] = [
    { heading: 'Levels', rows: levelRows(diff) },
    {
      heading: 'Added',
      rows: diff.added
        .filter((id) => !renamedTo.has(id))
        .map((id) => ({ sign: '+', id, text: reasons.get(`+${id}`) ?? '' })),
    },
    {
      heading: 'Removed',
      rows: diff.removed
        .filter((id) => !renamedFrom.has(id))
        .map((id) => ({ sign: '-', id, text: reasons.get(`-${id}`) ?? '' })),
    },
    {
      heading: 'Renamed',
      rows: diff.renamed.map(({ from, to, similarity, evidence }) => ({
        sign: '~',
        id: from,
        text: `→ #${to} (${evidence === 'alias' ? 'it says so itself; ' : ''}${shareText(similarity)} alike)`,
      })),
    },
    {
      heading: 'Merged',
      rows: diff.merged.map(({ from, to }) => ({ sign: '~', id: to, text: `← ${shares(from)}` })),
    },
    {
      heading: 'Split',
      rows: diff.split.map(({ from, to }) => ({ sign: '~', id: from, text: `→ ${shares(to)}` })),
    },
    {
      heading: 'Re-ranked',
      rows: diff.relevelled
        .filter(({ kind }) => kind === 'rank')
        .map(({ id, from, to }) => ({
          sign: '~',
          id,
          text: `${from ?? 'no level'} → ${to ?? 'no level'}${was(levels.renamed, from)}`,
        })),
    },
    {
      heading: 'Moved',
      rows: diff.moved.map(({ id, from, to }) => ({
        sign: '~',
        id,
        text: `${from === null ? 'the top' : `#${from}`} → ${to === null ? 'the top' : `#${to}`}`,
      })),
    },
    {
      heading: 'Retitled',
      rows: diff.retitled.map(({ id, from, to }) => ({
        sign: '~',
        id,
        text: `“${from}” → “${to}”`,
      })),
    },
  ];
  return lists.filter(({ rows }) => rows.length > 0);
}

/** A rank is told apart from the new name of the level that the clause left. */
function was(renamed: readonly { from: string; to: string }[], from: string | null): string {
  const called = renamed.find((one) => one.from === from);
  return called === undefined ? '' : ` (${called.from} itself is ${called.to} now)`;
}

function levelRows({ levels, relevelled }: SpecDiff): OutlineRow[] {
  const rows: OutlineRow[] = levels.renamed.map(({ from, to }) => {
    const number = relevelled.filter(
      (one) => one.kind === 'vocabulary' && one.from === from,
    ).length;
    return {
      sign: '~',
      id: from,
      text: `is called ${to} now, with the same rank (${count(number, 'clause')})`,
    };
  });
  for (const id of levels.added) rows.push({ sign: '+', id, text: 'is a new level' });
  for (const id of levels.removed) rows.push({ sign: '-', id, text: 'is no level any more' });
  for (const id of levels.reordered)
    rows.push({ sign: '~', id, text: 'has another rank among the levels' });
  for (const { name, to } of levels.overridable) {
    rows.push({
      sign: '~',
      id: name,
      text: to ? 'may be overridden now' : 'may not be overridden now',
    });
  }
  return rows;
}

/** Kinds that the outline tells in full. */
const IN_OUTLINE = new Set(['added', 'removed', 'levels', 'merged', 'split']);

/** The changes of a class that the outline does not tell already. */
export function changesIn(diff: SpecDiff, weight: ChangeClass): SpecChange[] {
  return diff.changes.filter((change) => change.class === weight && !IN_OUTLINE.has(change.kind));
}

/** What became of examples and their marks, where there is more to say than that they changed. */
export function markRows({
  examples,
}: SpecDiff): (ExampleChange & { marks: NonNullable<ExampleChange['marks']> })[] {
  return examples.flatMap((example) =>
    example.marks === undefined ? [] : [{ ...example, marks: example.marks }],
  );
}

/** Eval tags and prompts in one line each. */
export function evalRows(diff: SpecDiff): OutlineRow[] {
  const rows: OutlineRow[] = [];
  for (const { tag, id } of diff.evalTagsAdded)
    rows.push({ sign: '+', id: tag, text: `in #${id}` });
  for (const { tag, id } of diff.evalTagsRemoved) {
    rows.push({ sign: '-', id: tag, text: `was in #${id}` });
  }
  for (const { tag, from, to } of diff.evalTagsMoved) {
    rows.push({ sign: '~', id: tag, text: `#${from} → #${to}` });
  }
  for (const { tag, added, removed, changed } of diff.evalPrompts ?? []) {
    const parts = [
      added.length > 0 ? `${added.length} added` : '',
      removed.length > 0 ? `${removed.length} removed` : '',
      changed.length > 0 ? `${changed.length} changed` : '',
    ].filter(Boolean);
    rows.push({ sign: '~', id: tag, text: `prompts: ${parts.join(', ')}` });
  }
  return rows;
}

/** Where a heading stands, for people: `line 12`, `line 12, was 10`. */
export function lineText({ olderLine, newerLine }: SpecChange): string {
  if (newerLine === null) return olderLine === null ? '' : `was line ${olderLine}`;
  return `line ${newerLine}`;
}
