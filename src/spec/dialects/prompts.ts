/**
 * @module spec/dialects/prompts
 * Eval prompts of one user message each.
 */

import type { Example, Span } from '../types.ts';
import { plainTitle } from './lift.ts';

/** Conversations that a user opens with these words, numbered from 1. */
export function promptsOf(
  section: string,
  questions: readonly { text: string; span: Span }[],
): Example[] {
  return questions.map(({ text, span }, index) => ({
    type: 'example',
    span,
    title: plainTitle(text),
    inlines: [],
    section,
    ordinal: index + 1,
    turns: [
      {
        type: 'message',
        role: 'user',
        content: text,
        untrusted: [],
        attributes: {},
        elided: false,
        span,
      },
    ],
    settings: {},
    elided: false,
  }));
}
