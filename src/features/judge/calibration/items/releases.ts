/**
 * @module features/judge/calibration/items/releases
 * When a marked reply was first published: a model that was trained after that may know it by heart.
 */
import {
  comparisonsOf,
  type Example,
  examplesOf,
  messagesBefore,
  type Spec,
} from '../../../../spec/index.ts';
import type { CalibrationItem } from './items.ts';

/**
 * The items with the oldest release that holds each of them: the same reply to the same conversation, wherever in
 * the document, white space aside. Items in none of the earlier releases are the spec's own version's.
 *
 * @param earlier earlier releases, in any order; each must have a version
 */
export function datedItems(
  items: readonly CalibrationItem[],
  spec: Spec,
  earlier: readonly Spec[],
): CalibrationItem[] {
  const releases = [...earlier, spec]
    .flatMap((release) => (release.version === null ? [] : [{ release, version: release.version }]))
    .toSorted((a, b) => (a.version < b.version ? -1 : 1));
  const oldest = new Map<string, string>();
  for (const { release, version } of releases) {
    for (const { text } of repliesWithPlaces(release)) {
      if (!oldest.has(text)) oldest.set(text, version);
    }
  }
  const dates = new Map(repliesWithPlaces(spec).map(({ id, text }) => [id, oldest.get(text)]));
  return items.map((item) => ({ ...item, release: dates.get(item.id) ?? item.release }));
}

/** Every reply under the id that its item has, with all that a reader of the release saw of it. */
function repliesWithPlaces(spec: Spec): { id: string; text: string }[] {
  return spec.sections.flatMap((section) => examplesOf(section).flatMap(repliesIn));
}

function repliesIn(example: Example): { id: string; text: string }[] {
  let ordinal = 0;
  return comparisonsOf(example).flatMap((comparison) => {
    const before = messagesBefore(example, comparison).map(
      ({ role, content }) => `${role}: ${content}`,
    );
    return comparison.replies.map(({ content }) => {
      ordinal++;
      const text = [...before, content].join('\n').replace(/\s+/g, ' ').trim();
      return { id: `${example.section}#${example.ordinal}/${ordinal}`, text };
    });
  });
}
