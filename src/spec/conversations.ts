/**
 * @module spec/conversations
 * Reads the conversation in an example's fence. Whatever is out of place is reported and read as what it
 * most likely was meant to be; no line is dropped unsaid.
 */

import { ConversationRemarks, END_OF_FENCE } from './conversation-remarks.ts';
import {
  beginsLikeTag,
  type ElementName,
  isElement,
  readMark,
  readTagLine,
  type TagLine,
} from './conversation-tags.ts';
import { type DiagnosticList, shortened } from './diagnostics.ts';
import { OpenMessage } from './messages.ts';
import { readReferences } from './paragraphs.ts';
import type { SourceText } from './source-text.ts';
import type { ExampleRole, MarkedReply, Turn } from './types.ts';

/** What a fence holds. */
export interface Transcript {
  turns: Turn[];
  settings: Record<string, string>;
  elided: boolean;
}

/**
 * Reads the lines from `from` up to `to` (from 0, `to` not included) as a conversation.
 * @param indent columns of white space that belong to the fence and not to the text
 */
export function readConversation(
  source: SourceText,
  from: number,
  to: number,
  indent: number,
  diagnostics: DiagnosticList,
): Transcript {
  const reader = new ConversationReader(source, diagnostics, indent);
  for (let line = from; line < to; line++) reader.read(line);
  return reader.finish();
}

interface OpenComparison {
  line: number;
  start: number;
  end: number;
  replies: MarkedReply[];
  /** Its opening tag is missing. */
  isImplied: boolean;
}

class ConversationReader {
  readonly #source: SourceText;
  readonly #remarks: ConversationRemarks;
  readonly #indent: number;
  readonly #turns: Turn[] = [];
  readonly #settings: Record<string, string> = Object.create(null);
  #message: OpenMessage | null = null;
  #comparison: OpenComparison | null = null;
  #inner: { name: 'settings' | 'untrusted'; line: number } | null = null;
  #elided = false;
  #isInCode = false;
  #outside: { start: number; end: number; line: number } | null = null;

  constructor(source: SourceText, diagnostics: DiagnosticList, indent: number) {
    this.#source = source;
    this.#remarks = new ConversationRemarks(source, diagnostics);
    this.#indent = indent;
  }

  read(line: number): void {
    const text = this.#source.dedented(line, this.#indent);
    const tag = readTagLine(text);
    if (tag === null || !isElement(tag.name)) {
      this.#readText(line, text, tag);
      return;
    }
    this.#flushOutside();
    const { name } = tag;
    this.#remarks.aboutTag(line, text, name, tag);
    if (tag.closes) this.#close(line, name, tag);
    else this.#open(line, name, tag);
  }

  finish(): Transcript {
    this.#flushOutside();
    this.#endComparison(END_OF_FENCE);
    return { turns: this.#turns, settings: { ...this.#settings }, elided: this.#elided };
  }

  #open(line: number, name: ElementName, tag: TagLine): void {
    const start = this.#offset(line, tag.start);
    const end = this.#offset(line, tag.comment?.end ?? tag.end);
    if (name === 'settings' || name === 'untrusted') this.#openInner(line, name, end);
    else if (name === 'comparison') {
      this.#endComparison(line);
      this.#comparison = { line, start, end, replies: [], isImplied: false };
    } else this.#openMessage(line, name, tag, start, end);
  }

  #openInner(line: number, name: 'settings' | 'untrusted', end: number): void {
    if (this.#inner !== null) this.#endInner(line, null);
    if (this.#message === null && name === 'untrusted') {
      this.#remarks.add('unexpected-tag', line, { problem: 'untrusted-outside' });
      return;
    }
    if (this.#message === null)
      this.#remarks.add('unexpected-tag', line, { problem: 'settings-outside' });
    this.#inner = { name, line };
    if (name === 'untrusted') this.#message?.openUntrusted(end);
    else if (this.#message !== null) this.#message.end = end;
  }

  #openMessage(line: number, role: ExampleRole, tag: TagLine, start: number, end: number): void {
    this.#endMessage(line);
    const mark = role === 'assistant' && tag.comment !== null ? readMark(tag.comment.text) : null;
    if (this.#comparison !== null && role !== 'assistant') this.#endComparison(line);
    else if (this.#comparison?.isImplied && tag.comment === null) this.#endComparison(line);
    if (this.#comparison === null && mark !== null) {
      this.#remarks.add('unexpected-tag', line, { problem: 'marked-reply-outside' });
      this.#comparison = { line, start, end, replies: [], isImplied: true };
    }
    const message = new OpenMessage(role, tag.attributes, line, start, end);
    message.mark = mark;
    if (role === 'assistant' && tag.comment !== null) this.#readMark(line, tag.comment, message);
    else if (this.#comparison !== null) this.#remarks.add('unmarked-reply', line, {});
    this.#message = message;
    this.#isInCode = false;
  }

  #readMark(line: number, comment: NonNullable<TagLine['comment']>, message: OpenMessage): void {
    const { mark } = message;
    const words = shortened(comment.text);
    if (mark === null) {
      if (this.#comparison !== null) this.#remarks.add('unreadable-mark', line, { comment: words });
      else this.#remarks.add('unexpected-comment', line, { comment: words, after: null });
      return;
    }
    if (mark.isUnusual) {
      this.#remarks.add('mark-form', line, { comment: words, mark: mark.mark });
    }
    if (mark.note === null) return;
    const start = this.#offset(line, comment.start + mark.note.start);
    message.noteInlines = readReferences(this.#source, start, start + mark.note.text.length);
  }

  #close(line: number, name: ElementName, tag: TagLine): void {
    const end = this.#offset(line, tag.end);
    if (name === 'settings' || name === 'untrusted') {
      if (this.#inner?.name === name) this.#endInner(null, end);
      else this.#remarks.add('unexpected-tag', line, { problem: 'closes-nothing', name });
    } else if (name === 'comparison') {
      this.#endMessage(line);
      if (this.#comparison === null) {
        this.#remarks.add('unexpected-tag', line, { problem: 'closes-nothing', name });
      } else {
        this.#comparison.end = end;
        this.#endComparison(null);
      }
    } else if (this.#message === null) {
      this.#remarks.add('unexpected-tag', line, { problem: 'closes-nothing', name });
    } else {
      if (this.#message.role !== name) {
        this.#remarks.add('unexpected-tag', line, {
          problem: 'closes-another',
          name,
          open: this.#message.role,
          line: this.#message.line + 1,
        });
      }
      if (this.#inner !== null) this.#endInner(line, null);
      this.#message.end = end;
      this.#endMessage(null);
    }
  }

  // Of the next three, `missingBefore` is the line before which a closing tag is missing; null if it is there.

  #endInner(missingBefore: number | null, end: number | null): void {
    const inner = this.#inner;
    if (inner === null) return;
    this.#inner = null;
    if (missingBefore !== null) this.#remarks.unclosed(inner.line, inner.name, missingBefore);
    const message = this.#message;
    if (message === null) return;
    message.end = end ?? message.end;
    if (inner.name === 'untrusted') message.closeUntrusted(message.end);
  }

  #endMessage(missingBefore: number | null): void {
    this.#endInner(missingBefore, null);
    const message = this.#message;
    if (message === null) return;
    if (missingBefore !== null) this.#remarks.unclosed(message.line, message.role, missingBefore);
    this.#message = null;
    if (this.#comparison === null) {
      this.#turns.push(message.toMessage(this.#source));
      return;
    }
    this.#comparison.replies.push(message.toReply(this.#source));
    this.#comparison.end = message.end;
  }

  #endComparison(missingBefore: number | null): void {
    this.#endMessage(missingBefore);
    const open = this.#comparison;
    if (open === null) return;
    this.#comparison = null;
    if (missingBefore !== null && !open.isImplied) {
      this.#remarks.unclosed(open.line, 'comparison', missingBefore);
    }
    const span = this.#source.span(open.start, open.end);
    this.#turns.push({ type: 'comparison', span, replies: open.replies });
  }

  #readText(line: number, text: string, tag: TagLine | null): void {
    const end = this.#source.visibleEnd(line, line + 1);
    if (this.#inner?.name === 'settings') {
      this.#readSetting(line, text);
      return;
    }
    if (this.#message === null) {
      if (text.trim() === '') return;
      const outside = this.#outside;
      if (outside === null) this.#outside = { start: this.#source.first(line), end, line };
      else outside.end = end;
      return;
    }
    if (text.trimStart().startsWith('```')) this.#isInCode = !this.#isInCode;
    this.#message.addLine(text, end);
    if (this.#isInCode) return;
    if (tag !== null) {
      const { name, closes } = tag;
      this.#remarks.add('unknown-element', line, { name, closes });
    } else if (beginsLikeTag(text)) {
      this.#remarks.add('malformed-tag', line, { text: shortened(text) });
    }
  }

  #readSetting(line: number, text: string): void {
    if (text.trim() === '') return;
    const colon = text.indexOf(':');
    const key = text.slice(0, Math.max(colon, 0)).trim();
    if (key === '' || /\s/.test(key)) {
      this.#remarks.add('malformed-setting', line, { text: shortened(text) });
    } else this.#settings[key] = text.slice(colon + 1).trim();
    if (this.#message !== null) this.#message.end = this.#source.visibleEnd(line, line + 1);
  }

  /** Text between messages is said once per stretch, not once per line. */
  #flushOutside(): void {
    const outside = this.#outside;
    if (outside === null) return;
    this.#outside = null;
    this.#elided = true;
    this.#remarks.aboutOutside(outside.start, outside.end);
  }

  /** Offset in the document of a column of a line that was dedented. */
  #offset(line: number, column: number): number {
    const dedented = this.#source.dedented(line, this.#indent).length;
    return this.#source.end(line) - dedented + column;
  }
}
