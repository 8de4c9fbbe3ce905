/**
 * @module spec/locate
 * Names places in a specification, finds sections by id, and guesses what a mistyped id was meant to be.
 */

import { specName } from './name.ts';
import type { Section, Spec } from './types.ts';

const indexes = new WeakMap<Spec, ReadonlyMap<string, Section>>();

/** The section with an id, or undefined. */
export function findSection(spec: Spec, id: string): Section | undefined {
  let index = indexes.get(spec);
  if (index === undefined) {
    index = new Map(spec.sections.map((section) => [section.id, section]));
    indexes.set(spec, index);
  }
  return index.get(id);
}

/**
 * A name for a place that people can read and quote: `model-spec@2025-12-18 > #avoid_sycophancy > ¶2 s1`.
 * @param blockIndex index (from 0) in the section's blocks; named from 1
 * @param sentenceIndex index (from 0) in that block's sentences; named from 1
 */
export function locator(
  spec: Pick<Spec, 'id' | 'version'>,
  sectionId: string,
  blockIndex?: number,
  sentenceIndex?: number,
): string {
  const document = specName(spec);
  const section = `${document} > #${sectionId}`;
  if (blockIndex === undefined) return section;
  const block = `${section} > ¶${blockIndex + 1}`;
  return sentenceIndex === undefined ? block : `${block} s${sentenceIndex + 1}`;
}

/** Ids that a word was probably meant to be, likeliest first, three at most. */
export function suggestIds(spec: Spec, word: string): string[] {
  return nearest(
    spec.sections.map((section) => section.id),
    word,
  );
}

const MOST_SUGGESTIONS = 3;
const LONGEST_WORD = 200;

/** Those of `words` that are nearest to `word` by edit distance, or that contain it; three at most. */
export function nearest(words: readonly string[], word: string): string[] {
  const wanted = word.toLowerCase().replaceAll('-', '_').slice(0, LONGEST_WORD);
  const scored: { candidate: string; score: number }[] = [];
  for (const candidate of words) {
    const known = candidate.toLowerCase().replaceAll('-', '_').slice(0, LONGEST_WORD);
    const distance = editDistance(wanted, known);
    const isPart = wanted.length >= 3 && (known.includes(wanted) || wanted.includes(known));
    // A third of the letters wrong is a slip; more is another word.
    const isNear = distance <= Math.max(2, Math.floor(Math.max(wanted.length, known.length) / 3));
    if (isPart || isNear)
      scored.push({ candidate, score: isPart ? Math.min(distance, 2) : distance });
  }
  scored.sort((a, b) => a.score - b.score);
  return scored.slice(0, MOST_SUGGESTIONS).map(({ candidate }) => candidate);
}

/** How many letters must be added, dropped, replaced or swapped with a neighbour to get from `a` to `b`. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/**
 * Markdown from a specification as people read it: `[?](#id)` becomes the title of its target (`#id` if
 * there is none), and eval tags go.
 */
export function titlesResolved(text: string, spec: Spec): string {
  return text
    .replaceAll(/ ?\[\^[A-Za-z0-9_-]{1,64}\]/g, '')
    .replaceAll(
      /\[\?\]\(#([^()[\]\s]+)\)/g,
      (_, id: string) => findSection(spec, id)?.title ?? `#${id}`,
    );
}
