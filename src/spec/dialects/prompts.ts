/**
 * @module spec/dialects/prompts
 * Eval prompts of one user message each.
 */

import { exampleOf, messageOf } from '../plain-conversation.ts';
import type { Example, Span } from '../types.ts';
import { plainTitle } from './lift.ts';

/** Conversations that a user opens with these words, numbered from 1. */
export function promptsOf(
  section: string,
  questions: readonly { text: string; span: Span }[],
): Example[] {
  return questions.map(({ text, span }, index) => {
    const turns = [messageOf('user', text, span)];
    return exampleOf({ span, title: plainTitle(text), section, ordinal: index + 1, turns });
  });
}
