/**
 * @module spec/semantics/form
 * How a clause judges: one reply by itself, one against another, or an order of things.
 */

import type { Form, Section } from '../types.ts';
import { walkParagraphs } from '../walk.ts';

const COMPARATIVE =
  /^[\s"'“*_]*(?:please )?(?:choose|select|pick|prefer|identify|compare|indicate)\b.{0,40}?\b(?:response|answer|reply|output|completion|option)s?\b|^[\s"'“*_]*which (?:of (?:these|the) )?.{0,60}?\b(?:response|answer|reply|output|completion)s?\b/iu;

/** Whether a text asks for a choice between replies: "Please choose the response that …". */
export function isComparative(text: string): boolean {
  return COMPARATIVE.test(text.slice(0, 300));
}

/** The form of a clause, as written or as its words show. */
export function formOf(section: Section): Form {
  if (section.form !== undefined) return section.form;
  const paragraphs = walkParagraphs(section.blocks);
  if (paragraphs.some(({ text }) => isComparative(text))) return 'comparative';
  return paragraphs.length === 1 && paragraphs[0]?.ranking !== undefined ? 'ranking' : 'absolute';
}
