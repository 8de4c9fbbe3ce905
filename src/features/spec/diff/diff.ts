/**
 * @module features/spec/diff/diff
 * Compares two versions of a spec clause by clause.
 */
import type { Spec } from '../../../spec/types.ts';
import { changesOf } from './changes.ts';
import { evalPromptChanges, evalTagChanges } from './evals.ts';
import { exampleChanges } from './examples.ts';
import { mapLevels } from './levels.ts';
import { translator } from './names.ts';
import { pairSections } from './pairing.ts';
import { hasByteOrderMark, patchSteps } from './patch.ts';
import type { ChangeClass, ChangeKind, SpecDiff } from './schema.ts';
import { placesOf } from './structure.ts';
import { bodyOf, proseOf } from './text.ts';

/** Changes of what stands below a heading. */
const IN_TEXT: ReadonlySet<ChangeKind> = new Set(['text', 'commentary', 'examples', 'eval-tags']);

/** What changed from one version to another. Equal texts and eval prompts have no changes. */
export function diffSpecs(older: Spec, newer: Spec): SpecDiff {
  const pairing = pairSections(older, newer);
  const { pairs, renamed } = pairing;
  const newerIds = new Map(renamed.map(({ from, to }) => [from, to]));
  const olderIds = new Map(renamed.map(({ from, to }) => [to, from]));
  const newerIdOf = (id: string): string => newerIds.get(id) ?? id;
  const olderIdOf = (id: string): string => olderIds.get(id) ?? id;

  const moves = pairs.map((pair) => ({ from: pair.older.level, to: pair.newer.level }));
  const levels = mapLevels(older.levels, newer.levels, moves);
  const order = new Map(older.sections.map(({ id }, place) => [id, place]));
  const places = placesOf(pairs, order, newerIdOf);
  const examples = exampleChanges(pairs, pairing.added, pairing.removed);
  const tags = evalTagChanges(older, newer, newerIdOf);
  const evalPrompts = evalPromptChanges(older, newer);

  const same = pairs.filter((pair) => pair.older.id === pair.newer.id);
  const shown = new Set(examples.flatMap(({ id, from }) => [id, from ?? id]).map(newerIdOf));
  const parts = {
    renamed,
    merged: pairing.merged,
    split: pairing.split,
    levels: levels.changes,
    relevelled: same.flatMap((pair) => {
      const { level: from } = pair.older;
      const { id, level: to } = pair.newer;
      const kind = levels.kindOf(from, to);
      return kind === null ? [] : [{ id, from, to, kind }];
    }),
    moved: same.flatMap(({ newer: { id } }) => {
      const place = places.moved.get(id);
      return place === undefined ? [] : [{ id, ...place }];
    }),
    reordered: same
      .filter(({ newer: { id } }) => places.reordered.has(id))
      .map((pair) => pair.newer.id),
    retitled: same
      .filter((pair) => pair.older.title !== pair.newer.title)
      .map((pair) => ({ id: pair.newer.id, from: pair.older.title, to: pair.newer.title })),
    examplesChanged: same.filter((pair) => shown.has(pair.newer.id)).map((pair) => pair.newer.id),
    examples,
    ...tags,
    evalPrompts,
  };
  const steps = patchSteps(older, newer, olderIdOf);
  const changes = changesOf({
    older,
    newer,
    pairing,
    levels,
    places,
    examples,
    tags,
    evalPrompts,
    isTextSame: steps.length === 0,
    newerIdOf,
    translate: translator(levels.changes, renamed),
  });
  // Line breaks and list markers, or another notation, are no change of the text.
  const reworded = new Set(changes.flatMap(({ id, kind }) => (IN_TEXT.has(kind) ? [id] : [])));
  const counts: Record<ChangeClass, number> = { normative: 0, clarifying: 0, editorial: 0 };
  for (const change of changes) counts[change.class]++;
  return {
    schema: 'tenet.spec-diff/1',
    older: identityOf(older),
    newer: identityOf(newer),
    added: pairing.added.map(({ id }) => id),
    removed: pairing.removed.map(({ id }) => id),
    ...parts,
    textChanged: same
      .filter((pair) => pair.older.textHash !== pair.newer.textHash)
      .filter((pair) => bodyOf(older, pair.older) !== bodyOf(newer, pair.newer))
      .filter((pair) => reworded.has(pair.newer.id) || proseOf(pair.older) !== proseOf(pair.newer))
      .map((pair) => pair.newer.id),
    commentaryChanged: changes.flatMap(({ id, from, kind }) =>
      kind === 'commentary' && id !== null && from === undefined ? [id] : [],
    ),
    counts,
    changes,
    patch: { byteOrderMark: hasByteOrderMark(newer), steps },
  };
}

function identityOf({ id, version, sha256 }: Spec): SpecDiff['older'] {
  return { id, version, sha256 };
}
