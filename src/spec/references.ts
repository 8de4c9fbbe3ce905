/**
 * @module spec/references
 * Finds references that lead nowhere.
 */

import type { Reference, Section, Span } from './types.ts';
import { examplesOf, repliesOf, walkInlines } from './walk.ts';

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
    for (const reference of internalReferences(section)) {
      if (!ids.has(reference.target))
        dangling.push({ target: reference.target, span: reference.span });
    }
    for (const example of examplesOf(section)) {
      for (const { violates, span } of repliesOf(example)) {
        if (violates !== null && !ids.has(violates)) dangling.push({ target: violates, span });
      }
    }
  }
  return dangling;
}

function* internalReferences(section: Section): Generator<Reference> {
  for (const inline of walkInlines(section.blocks)) {
    if (inline.type === 'reference' && inline.form !== 'external') yield inline;
  }
  for (const example of examplesOf(section)) {
    for (const reply of repliesOf(example)) {
      for (const inline of reply.inlines) {
        if (inline.type === 'reference' && inline.form !== 'external') yield inline;
      }
    }
  }
}
