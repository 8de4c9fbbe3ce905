/**
 * @module spec/blocks
 * Reads the body of a section: paragraphs, lists, commentary, examples and code.
 */

import { beginsLikeTag } from './conversation-tags.ts';
import { type DiagnosticData, type DiagnosticList, shortened } from './diagnostics.ts';
import { readCode, readExample } from './examples.ts';
import { type Fence, FenceFinder, isExampleTitle } from './fences.ts';
import { endOfItem, isSibling, type Marker, readMarker } from './lists.ts';
import { readParagraph, readRanking } from './paragraphs.ts';
import { forwardSearch, type SourceText } from './source-text.ts';
import { isThematicBreak } from './thematic-breaks.ts';
import type { Block, ListItem } from './types.ts';

/** What the reading of a document's blocks shares. */
export interface BlockContext {
  source: SourceText;
  diagnostics: DiagnosticList;
  fences: FenceFinder;
  /** Offset of the first `-->` at or after an offset, or -1. */
  commentEndAfter: (offset: number) => number;
}

/** What is needed to read the blocks of a document. */
export function blockContext(source: SourceText, diagnostics: DiagnosticList): BlockContext {
  return {
    source,
    diagnostics,
    fences: new FenceFinder(source, diagnostics),
    commentEndAfter: forwardSearch(source.text, '-->'),
  };
}

const DEEPEST_NESTING = 100;
const INDENT_OF_CODE = 4;
const INDENT_OF_COMMENTARY = 4;

/**
 * The blocks in the lines from `from` up to `to` (from 0, `to` not included).
 * @param sectionId the section whose examples these are
 * @param inDefinitions whether `**Term**: …` opens a definition
 */
export function readBlocks(
  context: BlockContext,
  from: number,
  to: number,
  sectionId: string,
  inDefinitions: boolean,
): Block[] {
  return new BlockReader(context, sectionId, inDefinitions).read(from, to, 0);
}

class BlockReader {
  readonly #source: SourceText;
  readonly #context: BlockContext;
  readonly #sectionId: string;
  readonly #inDefinitions: boolean;
  #examples = 0;
  #depth = 0;

  constructor(context: BlockContext, sectionId: string, inDefinitions: boolean) {
    this.#source = context.source;
    this.#context = context;
    this.#sectionId = sectionId;
    this.#inDefinitions = inDefinitions;
  }

  /** Blocks of lines that are indented by `base` columns; `firstStart` is set within a list item. */
  read(from: number, to: number, base: number, firstStart = -1): Block[] {
    const source = this.#source;
    const blocks: Block[] = [];
    let line = from;
    if (firstStart !== -1) {
      if (firstStart < source.end(from)) line = this.#paragraph(blocks, from, to, base, firstStart);
      else line++;
    }
    while (line < to) {
      line = source.isBlank(line) ? line + 1 : this.#block(blocks, line, to, base);
    }
    return blocks;
  }

  /** Reads the block that begins in a line; gives the line after it. */
  #block(blocks: Block[], line: number, to: number, base: number): number {
    const source = this.#source;
    if (source.indent(line) - base >= INDENT_OF_CODE) {
      return this.#indented(blocks, line, to, base);
    }
    const first = source.first(line);
    const character = source.text[first];
    if (character === '~' || character === '`') {
      const fence = this.#context.fences.at(line, to);
      if (fence !== null) return this.#fenced(blocks, fence, null);
    }
    if (character === '*' && isExampleTitle(source, line)) {
      return this.#example(blocks, line, to, base);
    }
    if (character === '<' && source.text.startsWith('<!--', first)) {
      const next = this.#comment(line, to);
      if (next !== null) return next;
    }
    const isAdmonition = character === '!' && source.text.startsWith('!!!', first);
    const marker = readMarker(source, line);
    if (this.#depth < DEEPEST_NESTING) {
      if (isAdmonition) return this.#admonition(blocks, line, to, base);
      if (marker !== null) return this.#list(blocks, line, to, base, marker);
    } else if (isAdmonition || marker !== null) {
      this.#context.diagnostics.addLine(source, 'nested-too-deeply', line, {
        most: DEEPEST_NESTING,
      });
    }
    return this.#paragraph(blocks, line, to, base, first);
  }

  #paragraph(blocks: Block[], line: number, to: number, base: number, start: number): number {
    const source = this.#source;
    let next = line + 1;
    const isBreak = start === source.first(line) && isThematicBreak(source, line);
    while (!isBreak && next < to && !source.isBlank(next)) {
      if (this.#endsParagraph(next, to, base)) break;
      next++;
    }
    this.#addParagraph(blocks, start, source.end(next - 1));
    this.#reportUnsupported(line, next, start);
    return next;
  }

  #addParagraph(blocks: Block[], start: number, end: number): void {
    const { text } = this.#source;
    let trimmed = end;
    while (trimmed > start && (text[trimmed - 1] === ' ' || text[trimmed - 1] === '\t')) trimmed--;
    if (trimmed === start) return;
    blocks.push(
      readParagraph(this.#source, start, trimmed, this.#context.diagnostics, this.#inDefinitions),
    );
  }

  #endsParagraph(line: number, to: number, base: number): boolean {
    const source = this.#source;
    const first = source.first(line);
    const character = source.text[first];
    if (source.indent(line) - base >= INDENT_OF_CODE) {
      return readRanking(source.content(line).trimEnd(), 2) !== null;
    }
    if (character === '~' || character === '`') return this.#context.fences.at(line, to) !== null;
    if (character === '!') return source.text.startsWith('!!! ', first);
    if (character === '<') return this.#endOfComment(line, to) !== null;
    if (character === '*' && isExampleTitle(source, line)) return true;
    // `---` below text underlines it.
    if (isThematicBreak(source, line)) return !/^-+[ \t]*$/.test(source.content(line));
    const marker = readMarker(source, line);
    // "…as of version\n2. …" is a wrapped line more often than a list.
    return (
      marker !== null &&
      (!marker.ordered || marker.text.length === 2) &&
      marker.contentStart < source.end(line)
    );
  }

  /** Indented text outside a list: a ranking, or what Markdown would show as code. */
  #indented(blocks: Block[], line: number, to: number, base: number): number {
    const source = this.#source;
    const ranking = readRanking(source.content(line).trimEnd(), 2);
    let next = line + 1;
    if (ranking === null) {
      while (next < to && !source.isBlank(next) && source.indent(next) - base >= INDENT_OF_CODE)
        next++;
      this.#context.diagnostics.addLine(source, 'unsupported-markdown', line, { what: 'indented' });
    }
    this.#addParagraph(blocks, source.first(line), source.end(next - 1));
    const added = blocks.at(-1);
    if (ranking !== null && added?.type === 'paragraph') added.ranking = ranking;
    return next;
  }

  #list(blocks: Block[], line: number, to: number, base: number, firstMarker: Marker): number {
    const source = this.#source;
    const items: ListItem[] = [];
    let end = line;
    let next = line;
    let marker: Marker | null = firstMarker;
    this.#depth++;
    while (marker !== null && isSibling(firstMarker, marker)) {
      end = endOfItem(source, next, to, marker, {
        endsText: (at) =>
          this.#endsParagraph(at, to, base) ||
          isThematicBreak(source, at) ||
          readMarker(source, at) !== null,
        fenceEnd: (at) => this.#context.fences.at(at, to)?.nextLine ?? null,
      });
      items.push({
        span: source.span(source.first(next), source.visibleEnd(next, end)),
        marker: marker.text,
        blocks: this.read(next, end, marker.contentIndent, marker.contentStart),
      });
      next = end;
      while (next < to && source.isBlank(next)) next++;
      const isOutside =
        next >= to || source.indent(next) - base >= INDENT_OF_CODE || isExampleTitle(source, next);
      marker = isOutside ? null : readMarker(source, next);
    }
    this.#depth--;
    const span = source.span(source.first(line), source.visibleEnd(line, end));
    blocks.push({ type: 'list', span, ordered: firstMarker.ordered, items });
    return end;
  }

  #admonition(blocks: Block[], line: number, to: number, base: number): number {
    const source = this.#source;
    const text = source.content(line);
    const match = /^!!!\s{1,9}([A-Za-z][\w-]{0,60})(?:\s{1,9}"([^"]*)")?\s*$/.exec(text);
    if (match === null) {
      const data = { text: shortened(text) };
      this.#context.diagnostics.addLine(source, 'malformed-admonition', line, data);
      return this.#paragraph(blocks, line, to, base, source.first(line));
    }
    const kind = match[1] ?? '';
    let end = line + 1;
    for (let next = line + 1; next < to; next++) {
      if (source.isBlank(next)) continue;
      if (source.indent(next) - base < INDENT_OF_COMMENTARY) break;
      end = next + 1;
    }
    this.#depth++;
    blocks.push({
      type: 'commentary',
      span: source.span(source.first(line), source.visibleEnd(line, end)),
      kind,
      title: match[2] ?? '',
      blocks: this.read(line + 1, end, base + INDENT_OF_COMMENTARY),
    });
    this.#depth--;
    if (kind !== 'meta')
      this.#context.diagnostics.addLine(source, 'unknown-admonition', line, { kind });
    if (end === line + 1) this.#context.diagnostics.addLine(source, 'empty-commentary', line, {});
    return end;
  }

  #example(blocks: Block[], line: number, to: number, base: number): number {
    const source = this.#source;
    let fenceLine = line + 1;
    while (fenceLine < to && source.isBlank(fenceLine)) fenceLine++;
    const fence = fenceLine < to ? this.#context.fences.at(fenceLine, to) : null;
    if (fence === null) {
      this.#context.diagnostics.addLine(source, 'example-without-conversation', line, {});
      return this.#paragraph(blocks, line, to, base, source.first(line));
    }
    return this.#fenced(blocks, fence, line);
  }

  /** What a fence holds, below its title or without one. */
  #fenced(blocks: Block[], fence: Fence, titleLine: number | null): number {
    if (titleLine !== null || fence.language === 'xml') {
      const place = { section: this.#sectionId, ordinal: ++this.#examples };
      const { diagnostics } = this.#context;
      blocks.push(readExample(this.#source, fence, titleLine, place, diagnostics));
    } else blocks.push(readCode(this.#source, fence));
    return fence.nextLine;
  }

  /** Skips a comment that stands on lines of its own; null if it does not. */
  #comment(line: number, to: number): number | null {
    const source = this.#source;
    const end = this.#endOfComment(line, to);
    if (end === null) return null;
    this.#context.diagnostics.add(source, 'skipped-comment', source.first(line), end, {});
    return source.lineAt(end) + 1;
  }

  /** Where a comment ends that begins a line and has its lines to itself; null if none does. */
  #endOfComment(line: number, to: number): number | null {
    const source = this.#source;
    const start = source.first(line);
    if (!source.text.startsWith('<!--', start)) return null;
    const close = this.#context.commentEndAfter(start);
    if (close === -1 || close >= source.end(to - 1)) return null;
    const end = close + 3;
    const rest = source.text.slice(end, source.end(source.lineAt(end)));
    return rest.trim() === '' ? end : null;
  }

  #reportUnsupported(line: number, next: number, start: number): void {
    const source = this.#source;
    const character = source.text[start];
    let what: DiagnosticData<'unsupported-markdown'>['what'] | null = null;
    if (character === '<' && /^<[A-Za-z!/?]/.test(source.text.slice(start, start + 2))) {
      if (beginsLikeTag(source.text.slice(start, start + 100))) {
        this.#context.diagnostics.addLine(source, 'tag-outside-example', line, {});
        return;
      }
      what = 'html';
    } else if (character === '>') what = 'quotation';
    else if (character === '|') what = 'table';
    else if (
      start === source.first(line) &&
      (isThematicBreak(source, line) || isUnderline(source, line))
    )
      what = 'rule';
    else {
      for (let at = line + 1; at < next; at++) {
        if (isUnderline(source, at)) what = 'underlined-heading';
      }
    }
    if (what === null) return;
    this.#context.diagnostics.add(source, 'unsupported-markdown', start, source.end(next - 1), {
      what,
    });
  }
}

function isUnderline(source: SourceText, line: number): boolean {
  return /^(?:=+|-{2,})[ \t]*$/.test(source.content(line));
}
