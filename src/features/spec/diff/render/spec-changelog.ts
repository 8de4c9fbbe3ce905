/** @module features/spec/diff/render/spec-changelog A draft of the changelog entry for a new version of a spec. */

import { findSection, type Spec } from '../../../../spec/index.ts';
import { list } from '../../../../text/numbers.ts';
import { markdownCode, markdownText } from '../../../../text/safe-text.ts';
import type { SpecChange, SpecDiff } from '../index.ts';
import { changesIn, shareText } from './outline.ts';

/** An entry in Markdown that says what changed in the words of the spec; its author says why. */
export function renderChangelog(diff: SpecDiff, newer: Spec): string {
  const { version, sha256 } = diff.newer;
  const name = (id: string): string => {
    const title = findSection(newer, id)?.title;
    return title === undefined
      ? markdownCode(`#${id}`)
      : `**${markdownText(title)}** (${markdownCode(`#${id}`)})`;
  };
  const blocks = [`## ${markdownText(version ?? sha256.slice(0, 12))}`];
  const section = (heading: string, rows: readonly string[]): void => {
    if (rows.length > 0) blocks.push(`### ${heading}`, rows.map((row) => `- ${row}`).join('\n'));
  };
  if (diff.changes.length === 0) blocks.push('Nothing changed.');
  section('Levels', levelRows(diff, name));
  const renamedTo = new Set(diff.renamed.map(({ to }) => to));
  section(
    'Added',
    diff.added
      .filter((id) => !renamedTo.has(id))
      .map((id) => {
        const level = findSection(newer, id)?.level;
        return `${name(id)}${level ? `, level ${markdownText(level)}` : ''}`;
      }),
  );
  section('Removed', removedRows(diff, name));
  section('Renamed and moved', [
    ...diff.renamed.map(({ from, to }) => `${markdownCode(`#${from}`)} is ${name(to)}`),
    ...diff.retitled.map(({ id, from }) => `${name(id)}, titled “${markdownText(from)}” before`),
    ...diff.moved.map(
      ({ id, to }) =>
        `${name(id)} stands under ${to === null ? 'the top' : markdownCode(`#${to}`)}`,
    ),
  ]);
  section('Changed duties', wordRows(diff, 'normative', name));
  section('Clarified', wordRows(diff, 'clarifying', name));
  section('Examples and evaluation', evalRows(diff, name));
  const editorial = new Set(changesIn(diff, 'editorial').flatMap(({ id }) => id ?? []));
  if (editorial.size > 0) {
    const ids = [...editorial].map((id) => markdownCode(`#${id}`));
    section('Editorial', [`Typography, links or names in ${list(ids, 12)}`]);
  }
  return `${blocks.join('\n\n')}\n`;
}

type Name = (id: string) => string;

function levelRows({ levels, relevelled }: SpecDiff, name: Name): string[] {
  return [
    ...levels.renamed.map(
      ({ from, to }) => `The level ${markdownCode(from)} is called ${markdownCode(to)}`,
    ),
    ...levels.added.map((level) => `New level ${markdownCode(level)}`),
    ...levels.removed.map((level) => `No more level ${markdownCode(level)}`),
    ...levels.reordered.map((level) => `The level ${markdownCode(level)} has another rank`),
    ...relevelled
      .filter(({ kind }) => kind === 'rank')
      .map(
        ({ id, from, to }) =>
          `${name(id)} from ${markdownText(from ?? 'no level')} to ${markdownText(to ?? 'no level')}`,
      ),
  ];
}

function removedRows(diff: SpecDiff, name: Name): string[] {
  const renamed = new Set(diff.renamed.map(({ from }) => from));
  const targets = new Map<string, string[]>();
  for (const { from, to } of diff.merged) {
    for (const { id, similarity } of from) {
      targets.set(id, [...(targets.get(id) ?? []), `${name(to)} (${shareText(similarity)} of it)`]);
    }
  }
  for (const { from, to } of diff.split) {
    const known = targets.get(from) ?? [];
    const more = to
      .map(({ id }) => name(id))
      .filter((text) => !known.some((one) => one.startsWith(text)));
    targets.set(from, [...known, ...more]);
  }
  return diff.removed
    .filter((id) => !renamed.has(id))
    .map((id) => {
      const target = targets.get(id);
      return `${markdownCode(`#${id}`)}${target === undefined ? '' : `, now in ${list(target)}`}`;
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

function wordRows(diff: SpecDiff, weight: SpecChange['class'], name: Name): string[] {
  const changes = changesIn(diff, weight).filter(
    ({ kind, id }) => !TOLD_ELSEWHERE.has(kind) && id !== null,
  );
  return changes.map(({ id, kind, reason }) => {
    const what = kind === 'text' ? '' : `${kind}: `;
    return `${name(id ?? '')}: ${what}${markdownText(reason)}`;
  });
}

function evalRows(diff: SpecDiff, name: Name): string[] {
  const examples = [...Map.groupBy(diff.examples, ({ id }) => id)].map(([id, found]) => {
    const counts = [...Map.groupBy(found, ({ type }) => type)].map(
      ([type, all]) => `${all.length} ${type}`,
    );
    return `${name(id)}: examples ${list(counts)}`;
  });
  const tags = (places: readonly { tag: string }[]): string =>
    list(
      places.map(({ tag }) => markdownCode(tag)),
      12,
    );
  const { evalTagsAdded: added, evalTagsRemoved: removed, evalTagsMoved: moved } = diff;
  if (added.length > 0) examples.push(`Eval tags added: ${tags(added)}`);
  if (removed.length > 0) examples.push(`Eval tags removed: ${tags(removed)}`);
  if (moved.length > 0) examples.push(`Eval tags in other clauses: ${tags(moved)}`);
  return examples;
}
