/**
 * @module spec/references
 * Finds references that lead nowhere.
 */

import type { Section, Span } from './types.ts';
import { examplesOf, internalReferencesIn, isInternal, repliesOf } from './walk.ts';

/** A pointer to a section that does not exist. */
export interface DanglingPointer {
  target: string;
  span: Span;
}

/** References by id in prose, titles of examples and notes, and pointers of marks, without a section. */
export function findDangling(sections: readonly Section[]): DanglingPointer[] {
  const ids = new Set(sections.map((section) => section.id));
  const dangling: DanglingPointer[] = [];
  for (const section of sections) {
    const replies = examplesOf(section).flatMap(repliesOf);
    const notes = replies.flatMap(({ inlines }) => inlines).filter(isInternal);
    for (const { target, span } of [...internalReferencesIn(section.blocks), ...notes]) {
      if (!ids.has(target)) dangling.push({ target, span });
    }
    for (const { violates, span } of replies) {
      if (violates !== null && !ids.has(violates)) dangling.push({ target: violates, span });
    }
  }
  return dangling;
}
