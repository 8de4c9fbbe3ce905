/**
 * @module features/spec/diff/render/outline
 * A difference between two versions in the order in which every format tells it: what the documents are, what
 * came and went, then the changes, the weightiest first.
 */
import { valueAt } from '../../../../text/at.ts';
import { count, grouped, percent } from '../../../../text/numbers.ts';
import type { ChangeClass, ExampleChange, Rename, Share, SpecChange, SpecDiff } from '../schema.ts';

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

function row(sign: OutlineRow['sign'], id: string, text: string): OutlineRow {
  return { sign, id, text };
}

/** Where a section stands: below another one. */
function above(id: string | null): string {
  return id === null ? 'the top' : `#${id}`;
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
    parts.map(({ id, similarity }) => `#${id} (${percent(similarity)})`).join(', ');
  const added = diff.added.filter((id) => !renamedTo.has(id));
  const removed = diff.removed.filter((id) => !renamedFrom.has(id));
  const ranked = diff.relevelled.filter(({ kind }) => kind === 'rank');
  const lists: OutlineList[] = [
    { heading: 'Levels', rows: levelRows(diff) },
    { heading: 'Added', rows: added.map((id) => row('+', id, valueAt(reasons, `+${id}`))) },
    { heading: 'Removed', rows: removed.map((id) => row('-', id, valueAt(reasons, `-${id}`))) },
    { heading: 'Renamed', rows: diff.renamed.map(renameRow) },
    {
      heading: 'Merged',
      rows: diff.merged.map(({ from, to }) => row('~', to, `← ${shares(from)}`)),
    },
    { heading: 'Split', rows: diff.split.map(({ from, to }) => row('~', from, `→ ${shares(to)}`)) },
    {
      heading: 'Re-ranked',
      rows: ranked.map(({ id, from, to }) =>
        row('~', id, `${from ?? 'no level'} → ${to ?? 'no level'}${was(levels.renamed, from)}`),
      ),
    },
    {
      heading: 'Moved',
      rows: diff.moved.map(({ id, from, to }) => row('~', id, `${above(from)} → ${above(to)}`)),
    },
    {
      heading: 'Retitled',
      rows: diff.retitled.map(({ id, from, to }) => row('~', id, `“${from}” → “${to}”`)),
    },
  ];
  return lists.filter(({ rows }) => rows.length > 0);
}

function renameRow({ from, to, similarity, evidence }: Rename): OutlineRow {
  const why = evidence === 'alias' ? 'it says so itself; ' : '';
  return row('~', from, `→ #${to} (${why}${percent(similarity)} alike)`);
}

/** A rank is told apart from the new name of the level that the clause left. */
function was(renamed: readonly { from: string; to: string }[], from: string | null): string {
  const called = renamed.find((one) => one.from === from);
  return called === undefined ? '' : ` (${called.from} itself is ${called.to} now)`;
}

function levelRows({ levels, relevelled }: SpecDiff): OutlineRow[] {
  const clausesOf = (level: string): string => {
    const own = relevelled.filter(({ kind, from }) => kind === 'vocabulary' && from === level);
    return count(own.length, 'clause');
  };
  return [
    ...levels.renamed.map(({ from, to }) =>
      row('~', from, `is called ${to} now, with the same rank (${clausesOf(from)})`),
    ),
    ...levels.added.map((id) => row('+', id, 'is a new level')),
    ...levels.removed.map((id) => row('-', id, 'is no level any more')),
    ...levels.reordered.map((id) => row('~', id, 'has another rank among the levels')),
    ...levels.overridable.map(({ name, to }) =>
      row('~', name, `${to ? 'may' : 'may not'} be overridden now`),
    ),
  ];
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
  return [
    ...diff.evalTagsAdded.map(({ tag, id }) => row('+', tag, `in #${id}`)),
    ...diff.evalTagsRemoved.map(({ tag, id }) => row('-', tag, `was in #${id}`)),
    ...diff.evalTagsMoved.map(({ tag, from, to }) => row('~', tag, `#${from} → #${to}`)),
    // Where a side has no prompts they are not compared, and the comparison says so.
    ...(diff.evalPrompts ?? []).map(({ tag, ...prompts }) => {
      const parts = Object.entries(prompts).filter(([, titles]) => titles.length > 0);
      const counts = parts.map(([what, titles]) => `${titles.length} ${what}`);
      return row('~', tag, `prompts: ${counts.join(', ')}`);
    }),
  ];
}

/** Where a heading stands, for people: `line 12`, `line 12, was 10`. */
export function lineText({ olderLine, newerLine }: SpecChange): string {
  if (newerLine === null) return olderLine === null ? '' : `was line ${olderLine}`;
  return `line ${newerLine}`;
}
