/** @module features/spec/diff/render/changelog-blocks A draft of the changelog entry for a new version of a spec. */
import { itemsUnder, putUnder } from '../../../../spec/groups.ts';
import { findSection, type Spec } from '../../../../spec/index.ts';
import type { Block } from '../../../../text/blocks.ts';
import { list, percent } from '../../../../text/numbers.ts';
import { listed, type Part, partsOf, type Words } from '../../../../text/words.ts';
import type { ChangeClass, SpecDiff } from '../schema.ts';
import { changesIn } from './outline.ts';

/** An entry that says what changed in the words of the spec; its author says why. */
export function changelogBlocks(diff: SpecDiff, newer: Spec): Block[] {
  const { version, sha256 } = diff.newer;
  const name = (id: string): Part[] => {
    const title = findSection(newer, id)?.title;
    if (title === undefined) return [{ clause: id }];
    return [{ text: title, tone: 'strong' }, ' (', { clause: id }, ')'];
  };
  const changed = changesIn(diff, 'editorial');
  const editorial = new Set(changed.flatMap(({ id }) => (id === null ? [] : [id])));
  const edited = listed(
    [...editorial].map((id): Part[] => [{ clause: id }]),
    MOST_NAMED,
  );
  return [
    { type: 'heading', level: 2, text: version ?? sha256.slice(0, 12) },
    ...(diff.changes.length === 0
      ? [{ type: 'paragraph', text: 'Nothing changed.' } as const]
      : []),
    ...part('Levels', levelRows(diff, name)),
    ...part('Added', addedRows(diff, newer, name)),
    ...part('Removed', removedRows(diff, name)),
    ...part('Renamed and moved', placeRows(diff, name)),
    ...part('Changed duties', wordRows(diff, 'normative', name)),
    ...part('Clarified', wordRows(diff, 'clarifying', name)),
    ...part('Examples and evaluation', evalRows(diff, name)),
    ...part(
      'Editorial',
      editorial.size === 0 ? [] : [['Typography, links or names in ', ...edited]],
    ),
  ];
}

const MOST_NAMED = 12;

type Name = (id: string) => Part[];

function part(heading: string, rows: readonly Words[]): Block[] {
  if (rows.length === 0) return [];
  return [
    { type: 'heading', level: 3, text: heading },
    { type: 'list', items: rows.map((text) => ({ text })) },
  ];
}

function levelRows({ levels, relevelled }: SpecDiff, name: Name): Words[] {
  return [
    ...levels.renamed.map(
      ({ from, to }): Words => ['The level ', { code: from }, ' is called ', { code: to }],
    ),
    ...levels.added.map((level): Words => ['New level ', { code: level }]),
    ...levels.removed.map((level): Words => ['No more level ', { code: level }]),
    ...levels.reordered.map((level): Words => ['The level ', { code: level }, ' has another rank']),
    ...relevelled
      .filter(({ kind }) => kind === 'rank')
      .map(
        ({ id, from, to }): Words => [
          ...name(id),
          ` from ${from ?? 'no level'} to ${to ?? 'no level'}`,
        ],
      ),
  ];
}

function addedRows(diff: SpecDiff, newer: Spec, name: Name): Words[] {
  const renamed = new Set(diff.renamed.map(({ to }) => to));
  return diff.added
    .filter((id) => !renamed.has(id))
    .map((id) => {
      const level = findSection(newer, id)?.level ?? null;
      return [...name(id), level === null ? '' : `, level ${level}`];
    });
}

function placeRows(diff: SpecDiff, name: Name): Words[] {
  return [
    ...diff.renamed.map(({ from, to }): Words => [{ clause: from }, ' is ', ...name(to)]),
    ...diff.retitled.map(({ id, from }): Words => [...name(id), `, titled “${from}” before`]),
    ...diff.moved.map(
      ({ id, to }): Words => [
        ...name(id),
        ' stands under ',
        to === null ? 'the top' : { clause: to },
      ],
    ),
  ];
}

/** What was removed, with where its text is now: in a merged section, or in the parts of a split one. */
function removedRows(diff: SpecDiff, name: Name): Words[] {
  const renamed = new Set(diff.renamed.map(({ from }) => from));
  const targets = new Map<string, { to: string; share: number | null }[]>();
  for (const { from, to } of diff.merged) {
    for (const { id, similarity } of from) putUnder(targets, id, { to, share: similarity });
  }
  for (const { from, to } of diff.split) {
    const known = new Set(itemsUnder(targets, from).map((one) => one.to));
    for (const { id } of to) if (!known.has(id)) putUnder(targets, from, { to: id, share: null });
  }
  return diff.removed
    .filter((id) => !renamed.has(id))
    .map((id) => {
      const now = itemsUnder(targets, id).map(
        ({ to, share }): Words => [...name(to), share === null ? '' : ` (${percent(share)} of it)`],
      );
      return [{ clause: id }, ...(now.length === 0 ? [] : [', now in ', ...listed(now)])];
    });
}

/** Kinds that are rows of other headings. */
const TOLD_ELSEWHERE = new Set([
  'level',
  'title',
  'moved',
  'renamed',
  'examples',
  'eval-tags',
  'eval-prompts',
]);

function wordRows(diff: SpecDiff, weight: ChangeClass, name: Name): Words[] {
  return changesIn(diff, weight).flatMap(({ kind, id, reason }): Words[] => {
    if (TOLD_ELSEWHERE.has(kind) || id === null) return [];
    return [[...name(id), `: ${kind === 'text' ? '' : `${kind}: `}${reason}`]];
  });
}

function evalRows(diff: SpecDiff, name: Name): Words[] {
  const examples = [...Map.groupBy(diff.examples, ({ id }) => id)].map(([id, found]): Words => {
    const counts = [...Map.groupBy(found, ({ type }) => type)].map(
      ([type, all]) => `${all.length} ${type}`,
    );
    return [...name(id), `: examples ${list(counts)}`];
  });
  const tags = (what: string, places: readonly { tag: string }[]): Words[] => {
    if (places.length === 0) return [];
    const codes = places.map(({ tag }): Part[] => [{ code: tag }]);
    return [[`Eval tags ${what}: `, ...partsOf(listed(codes, MOST_NAMED))]];
  };
  return [
    ...examples,
    ...tags('added', diff.evalTagsAdded),
    ...tags('removed', diff.evalTagsRemoved),
    ...tags('in other clauses', diff.evalTagsMoved),
  ];
}
