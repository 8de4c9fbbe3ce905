/** @module spec/made-section Sections that are made of words without a heading in Markdown. */

import type { Section } from './types.ts';

/** A section of which nothing is known but what is given: a clause at the top without a level. */
export function madeSection(
  given: Pick<Section, 'id' | 'title' | 'heading' | 'span' | 'textHash' | 'blocks'> &
    Partial<Section>,
): Section {
  const { id, title, heading, span, textHash, blocks, ...said } = given;
  return {
    id,
    title,
    depth: 1,
    parent: null,
    level: null,
    kind: null,
    isClause: true,
    tags: [],
    attributes: [],
    ...said,
    heading,
    span,
    textHash,
    blocks,
  };
}
