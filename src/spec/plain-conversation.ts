/**
 * @module spec/plain-conversation
 * Messages and examples that are made of plain words: nothing in them is quoted, left out or set.
 */

import type { Example, ExampleMessage, ExampleRole, Span } from './types.ts';

/** Words that somebody says. */
export function messageOf(role: ExampleRole, content: string, span: Span): ExampleMessage {
  return { type: 'message', role, content, untrusted: [], attributes: {}, elided: false, span };
}

/** A conversation of a section, with what is said of it beside its turns. */
export function exampleOf(
  given: Pick<Example, 'span' | 'title' | 'section' | 'ordinal' | 'turns'> & Partial<Example>,
): Example {
  const {
    span,
    title,
    inlines = [],
    section,
    ordinal,
    turns,
    settings = {},
    elided = false,
  } = given;
  return { type: 'example', span, title, inlines, section, ordinal, turns, settings, elided };
}
