/**
 * @module spec/conversation-remarks
 * What is said about a conversation whose tags or text are out of place.
 */

import type { ElementName, TagLine } from './conversation-tags.ts';
import {
  type DiagnosticCode,
  type DiagnosticData,
  type DiagnosticList,
  shortened,
} from './diagnostics.ts';
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
      const before = shortened(text.slice(0, tag.start).trim());
      const source = this.#source;
      const [start, end] = [source.start(line), source.end(line)];
      this.#diagnostics.add(source, 'stray-around-tag', start, end, { before });
    }
    this.#attributes(line, name, tag);
    if (tag.comment !== null && (name !== 'assistant' || tag.closes)) {
      const after = `${tag.closes ? '/' : ''}${name}`;
      const comment = shortened(tag.comment.text);
      this.add('unexpected-comment', line, { comment, after });
    }
  }

  /** Says that a stretch of text stands between messages. */
  aboutOutside(start: number, end: number): void {
    const words = shortened(this.#source.text.slice(start, Math.min(end, start + 300)));
    const isElision = /^\[(?:\.\.\.|…)/.test(words);
    const code = isElision ? 'elided-turns' : 'text-outside-tags';
    this.#diagnostics.add(this.#source, code, start, end, { words });
  }

  /** Says that a tag was not closed before a line, or before the end of the fence. */
  unclosed(line: number, name: string, missingBefore: number): void {
    const before = missingBefore === END_OF_FENCE ? null : missingBefore + 1;
    this.add('unclosed-tag', line, { name, line: before });
  }

  /** Says something about a line. */
  add<Code extends DiagnosticCode>(code: Code, line: number, data: DiagnosticData<Code>): void {
    this.#diagnostics.addLine(this.#source, code, line, data);
  }

  #attributes(line: number, name: ElementName, tag: TagLine): void {
    for (const key of Object.keys(tag.attributes)) {
      if (KNOWN_ATTRIBUTES[name].includes(key) && !tag.closes) continue;
      this.add('unknown-attribute', line, { key: shortened(key), element: name });
    }
  }
}
