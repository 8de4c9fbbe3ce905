/**
 * @module spec/messages
 * Gathers the lines of one message while its conversation is read, and makes a message of them.
 */

import { decodeEntities, type MarkComment } from './conversation-tags.ts';
import type { SourceText } from './source-text.ts';
import type { ExampleMessage, ExampleRole, Inline, MarkedReply } from './types.ts';

/** `[...]`, `[... what was left out ...]`: but not the `[...list]` of program text. */
const ELISION = /\[(?:\.\.\.|…)(?=[\s\]])|(?:\.\.\.|…)\]/;

/** Whether words of a text were left out. */
export function isElided(text: string): boolean {
  return ELISION.test(text);
}

/** A message whose closing tag has not been seen yet. */
export class OpenMessage {
  readonly role: ExampleRole;
  readonly attributes: Record<string, string>;
  readonly start: number;
  /** Line (from 0) of the opening tag. */
  readonly line: number;
  /** End of what has been read so far: where the message ends if its closing tag is missing. */
  end: number;
  mark: MarkComment | null = null;
  noteInlines: Inline[] = [];
  readonly #lines: string[] = [];
  readonly #untrusted: { from: number; to: number }[] = [];
  #untrustedFrom = -1;

  constructor(
    role: ExampleRole,
    attributes: Record<string, string>,
    line: number,
    start: number,
    end: number,
  ) {
    this.role = role;
    this.attributes = attributes;
    this.line = line;
    this.start = start;
    this.end = end;
  }

  /** Adds a line of text, as written. */
  addLine(text: string, end: number): void {
    this.#lines.push(decodeEntities(text));
    if (text.trim() !== '') this.end = end;
  }

  /** What follows is quoted text that carries no authority. */
  openUntrusted(end: number): void {
    this.#untrustedFrom = this.#lines.length;
    this.end = end;
  }

  /** The quoted text ends here. */
  closeUntrusted(end: number): void {
    this.#untrusted.push({ from: this.#untrustedFrom, to: this.#lines.length });
    this.#untrustedFrom = -1;
    this.end = end;
  }

  /** The message, with blank lines at either end left out. */
  toMessage(source: SourceText): ExampleMessage {
    const { content, untrusted } = this.#content();
    return {
      type: 'message',
      role: this.role,
      content,
      untrusted,
      attributes: this.attributes,
      elided: ELISION.test(content),
      span: source.span(this.start, this.end),
    };
  }

  /** The message as a reply of a comparison. */
  toReply(source: SourceText): MarkedReply {
    return {
      ...this.toMessage(source),
      type: 'reply',
      mark: this.mark?.mark ?? null,
      note: this.mark?.note?.text ?? null,
      violates: this.mark?.violates ?? null,
      inlines: this.noteInlines,
    };
  }

  #content(): { content: string; untrusted: { start: number; end: number }[] } {
    if (this.#untrustedFrom !== -1) {
      this.#untrusted.push({ from: this.#untrustedFrom, to: this.#lines.length });
      this.#untrustedFrom = -1;
    }
    const lines = this.#lines;
    let first = 0;
    let last = lines.length;
    while (first < last && lines[first]?.trim() === '') first++;
    while (last > first && lines[last - 1]?.trim() === '') last--;
    const starts: number[] = [];
    let offset = 0;
    for (let index = first; index < last; index++) {
      starts.push(offset);
      offset += (lines[index]?.length ?? 0) + 1;
    }
    const untrusted: { start: number; end: number }[] = [];
    for (const range of this.#untrusted) {
      const from = Math.max(range.from, first);
      const to = Math.min(range.to, last);
      if (to <= from) continue;
      const end = (starts[to - 1 - first] ?? 0) + (lines[to - 1]?.length ?? 0);
      untrusted.push({ start: starts[from - first] ?? 0, end });
    }
    return { content: lines.slice(first, last).join('\n'), untrusted };
  }
}
