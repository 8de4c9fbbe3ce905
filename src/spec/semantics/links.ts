/**
 * @module spec/semantics/links
 * What a clause refers to, and what the words around say of the relation.
 */

import type { Section, Span } from '../types.ts';
import { examplesOf, repliesOf, walkBlocks } from '../walk.ts';

/** How a clause stands to another one. */
export type LinkKind = 'see' | 'conflicts' | 'refines' | 'overrides' | 'amends';

/** A reference of a clause. */
export interface ClauseLink {
  to: string;
  kind: LinkKind;
  span: Span;
}

/** How much of the text before a reference can say what it is about. */
const FAR = 100;

/** Said right before the reference; the first that fits counts. */
const RELATIONS: readonly (readonly [LinkKind, RegExp])[] = [
  ['conflicts', /\b(?:conflict|clash|contradict|tension|at odds)\w*\b[^.]{0,40}$/i],
  ['overrides', /\b(?:overrid|supersed|outrank|take[sn]? precedence over|trump)\w*\b[^.]{0,40}$/i],
  ['amends', /\b(?:amend|replac|chang)\w*\b[^.]{0,20}$/i],
  [
    'refines',
    /\b(?:subject to|refin\w*|specif(?:y|ies)|within the (?:bounds|limits) of|extends?|builds? on|special case of)\b[^.]{0,20}$/i,
  ],
];

/** The references of a clause's text, titles and marks, in order; addresses outside the document are left out. */
export function linksOf(section: Section): ClauseLink[] {
  const links: ClauseLink[] = [];
  for (const block of walkBlocks(section.blocks)) {
    if (block.type !== 'paragraph' && block.type !== 'example') continue;
    const text = block.type === 'paragraph' ? block.text : block.title;
    let at = 0;
    for (const inline of block.inlines) {
      if (inline.type !== 'reference' || inline.form === 'external') continue;
      const place = text.indexOf('](#', at);
      const before = place === -1 ? '' : text.slice(Math.max(0, place - FAR), place);
      at = place === -1 ? at : place + 3;
      links.push({ to: inline.target, kind: kindAfter(before), span: inline.span });
    }
  }
  for (const example of examplesOf(section)) {
    for (const { violates, span } of repliesOf(example)) {
      if (violates !== null) links.push({ to: violates, kind: 'conflicts', span });
    }
  }
  return links;
}

function kindAfter(before: string): LinkKind {
  return RELATIONS.find(([, pattern]) => pattern.test(before))?.[0] ?? 'see';
}
