/**
 * @module spec/conversation-remarks
 * What is said about a conversation whose tags or text are out of place.
 */

import type { ElementName, TagLine } from './conversation-tags.ts';
import { type DiagnosticCode, type DiagnosticList, shortened } from './diagnostics.ts';
import type { SourceText } from './source-text.ts';

const KNOWN_ATTRIBUTES: Readonly<Record<ElementName, readonly string[]>> = {
  system: [],
  developer: [],
  user: ['comment'],
  assistant: ['recipient', 'end_turn'],
  tool: ['name'],
  comparison: [],
  settings: [],
  untrusted: [],
};

/** Where a closing tag is missing when the fence ends before it. */
export const END_OF_FENCE = Number.POSITIVE_INFINITY;

/** Reports what is wrong in a conversation, each with its line. */
export class ConversationRemarks {
  readonly #source: SourceText;
  readonly #diagnostics: DiagnosticList;

  constructor(source: SourceText, diagnostics: DiagnosticList) {
    this.#source = source;
    this.#diagnostics = diagnostics;
  }

  /** Says what a known tag has that it should not have. */
  aboutTag(line: number, text: string, name: ElementName, tag: TagLine): void {
    if (tag.hasStrayCharacters) {
      const before = text.slice(0, tag.start).trim();
      const what = before === '' ? 'white space around it' : `"${shortened(before)}" before it`;
      const message = `This tag has ${what}, which is left out.`;
      const start = this.#source.start(line);
      this.#diagnostics.add(
        this.#source,
        'stray-around-tag',
        start,
        this.#source.end(line),
        message,
      );
    }
    this.#attributes(line, name, tag);
    if (tag.comment !== null && (name !== 'assistant' || tag.closes)) {
      this.add(
        'unexpected-comment',
        line,
        `A comment after <${tag.closes ? '/' : ''}${name}> says nothing here: "${shortened(tag.comment.text)}".`,
      );
    }
  }

  /** Says that a stretch of text stands between messages. */
  aboutOutside(start: number, end: number): void {
    const words = shortened(this.#source.text.slice(start, Math.min(end, start + 300)));
    const isElision = /^\[(?:\.\.\.|…)/.test(words);
    const message = isElision
      ? `"${words}" stands for turns that were left out of this conversation.`
      : `"${words}" stands outside every message, so it is no part of the conversation. Is a tag missing?`;
    const code = isElision ? 'elided-turns' : 'text-outside-tags';
    this.#diagnostics.add(this.#source, code, start, end, message);
  }

  /** Says that a tag was not closed before a line, or before the end of the fence. */
  unclosed(line: number, name: string, missingBefore: number): void {
    const place =
      missingBefore === END_OF_FENCE ? 'the end of the fence' : `line ${missingBefore + 1}`;
    this.add(
      'unclosed-tag',
      line,
      `<${name}> is never closed; it was ended before ${place}. Add </${name}>.`,
    );
  }

  /** Says that a tag stands where it should not. */
  unexpected(line: number, message: string): void {
    this.add('unexpected-tag', line, message);
  }

  /** Says that a reply that is compared has no mark. */
  unmarked(line: number): void {
    const message =
      'A reply in a comparison has no mark; write <assistant> <!-- GOOD -->, OK or BAD.';
    this.add('unmarked-reply', line, message);
  }

  /** Says something about a line. */
  add(code: DiagnosticCode, line: number, message: string): void {
    this.#diagnostics.addLine(this.#source, code, line, message);
  }

  #attributes(line: number, name: ElementName, tag: TagLine): void {
    for (const key of Object.keys(tag.attributes)) {
      if (KNOWN_ATTRIBUTES[name].includes(key) && !tag.closes) continue;
      this.add(
        'unknown-attribute',
        line,
        `<${name}> has no attribute "${shortened(key)}" in the format; it is kept.`,
      );
    }
  }
}
