/**
 * @module spec/dialects/marked-examples
 * Examples as people write them by hand, with ✅ and ❌ before the replies:
 *
 *     **Example**: asked for the time
 *
 *     User: What time is it?
 *
 *     ✅ Assistant: I can't see a clock from here.
 *
 *     ❌ Assistant: It is noon.
 *
 * The words of a message may also stand in a fence below its label, with a note between them.
 */

import { isElided } from '../messages.ts';
import { messageOf } from '../plain-conversation.ts';
import type { SourceText } from '../source-text.ts';
import type {
  Block,
  Code,
  Example,
  ExampleMessage,
  ExampleRole,
  Mark,
  MarkedReply,
  Span,
  Turn,
} from '../types.ts';

const LABEL =
  /^[ \t]*(?:[-*][ \t]+)?\*{0,2}(?:(✅|✔️?|☑️?|❌|✗|✘|🚫|⚠️?|🟡)[ \t]*)?\*{0,2}(?:(System|Platform|Developer|User|Assistant|Tool)(?=[\s:*→(—-]|$))?\*{0,2}(?:[ \t]*→[ \t]*([\w.]{1,60}))?\*{0,2}[ \t]*(?::\*{0,2}|[—–](?=[ \t]))?[ \t]*/u;
const TITLE = /^[ \t]*\*{0,2}Examples?\*{0,2}:\*{0,2}[ \t]*(.*)$/;

interface Label {
  mark: Mark | null;
  role: ExampleRole;
  recipient: string | null;
  /** What follows the label in its line. */
  text: string;
}

/** Whether a text has marked replies of this form; a cheap test. */
export function hasMarks(text: string): boolean {
  return /[✅❌]/u.test(text);
}

/** Blocks with such examples made of the paragraphs and fences that spell them out; null if there are none. */
export function readMarkedExamples(
  blocks: readonly Block[],
  section: string,
  source: SourceText,
): Block[] | null {
  const result: Block[] = [];
  let ordinal = blocks.filter(({ type }) => type === 'example').length;
  const before = ordinal;
  let at = 0;
  while (at < blocks.length) {
    const found = exampleAt(blocks, at, source);
    if (found === null) {
      const block = blocks[at++];
      if (block !== undefined) result.push(block);
      continue;
    }
    result.push({ ...found.example, section, ordinal: ++ordinal });
    at = found.next;
  }
  return ordinal === before ? null : renumbered(result);
}

function renumbered(blocks: Block[]): Block[] {
  let ordinal = 0;
  return blocks.map((block) =>
    block.type === 'example' ? { ...block, ordinal: ++ordinal } : block,
  );
}

/** A line of a message, or a fence below its label. */
type Piece = { type: 'line'; text: string; span: Span } | { type: 'code'; code: Code };

function exampleAt(
  blocks: readonly Block[],
  at: number,
  source: SourceText,
): { example: Omit<Example, 'section' | 'ordinal'>; next: number } | null {
  const first = blocks[at];
  const titleText = first?.type === 'paragraph' ? (TITLE.exec(first.text)?.[1] ?? null) : null;
  let next = titleText === null ? at : at + 1;
  const pieces: Piece[] = [];
  while (next < blocks.length) {
    const block = blocks[next];
    if (block === undefined) break;
    const added = piecesOf(block, source, pieces.length > 0);
    if (added === null) break;
    pieces.push(...added);
    next++;
  }
  const turns = turnsOf(pieces);
  const last = blocks[next - 1];
  if (first === undefined || last === undefined) return null;
  if (!turns.some(({ type }) => type === 'comparison')) return null;
  const title = titleText === null ? '' : titleText.replaceAll(/^\*+|\*+$/g, '').trim();
  return {
    next,
    example: {
      type: 'example',
      span: { start: first.span.start, end: last.span.end },
      title,
      inlines:
        titleText !== null && first.type === 'paragraph'
          ? first.inlines.filter(({ type }) => type === 'reference')
          : [],
      turns,
      settings: {},
      elided: false,
    },
  };
}

/** What a block adds to an example; null if it ends it. */
function piecesOf(block: Block, source: SourceText, isInside: boolean): Piece[] | null {
  if (block.type === 'code') return isInside ? [{ type: 'code', code: block }] : null;
  if (block.type === 'list') {
    const pieces: Piece[] = [];
    for (const item of block.items) {
      const [only, ...more] = item.blocks;
      if (only?.type !== 'paragraph' || more.length > 0 || labelOf(only.text) === null) return null;
      pieces.push(...linesOf(source, only.span));
    }
    return pieces;
  }
  if (block.type !== 'paragraph' || TITLE.test(block.text)) return null;
  const lines = linesOf(source, block.span);
  const opening = lines[0]?.type === 'line' ? labelOf(lines[0].text) : null;
  // Between a label and its fence stands a note; elsewhere, unlabelled text is the spec's own.
  return opening !== null || isInside ? lines : null;
}

function linesOf(source: SourceText, span: Span): Piece[] {
  const pieces: Piece[] = [];
  const last = span.end.line - 1;
  for (let line = span.start.line - 1; line <= last; line++) {
    const start = line === span.start.line - 1 ? span.start.offset : source.first(line);
    const end = line === last ? span.end.offset : source.end(line);
    const text = source.text.slice(start, end);
    pieces.push({ type: 'line', text, span: source.span(start, end) });
  }
  return pieces;
}

function labelOf(line: string): Label | null {
  const match = LABEL.exec(line);
  if (match === null || (match[1] === undefined && match[2] === undefined)) return null;
  const text = line.slice(match[0].length).trim();
  // "User instructions come second" is prose; a label is followed by a colon or by nothing.
  const isWord = match[1] === undefined && text !== '' && !match[0].includes(':');
  if (isWord) return null;
  return { mark: markOf(match[1]), role: roleOf(match[2]), recipient: match[3] ?? null, text };
}

function markOf(sign: string | undefined): Mark | null {
  if (sign === undefined) return null;
  if (/[✅✔☑]/u.test(sign)) return 'good';
  return /[⚠🟡]/u.test(sign) ? 'ok' : 'bad';
}

function roleOf(word: string | undefined): ExampleRole {
  const role = word?.toLowerCase();
  if (role === 'platform') return 'system';
  return role === 'system' || role === 'developer' || role === 'user' || role === 'tool'
    ? role
    : 'assistant';
}

interface OpenTurn {
  label: Label;
  lines: string[];
  note: string[];
  code: string | null;
  start: Span['start'];
  end: Span['end'];
}

function turnsOf(pieces: readonly Piece[]): Turn[] {
  const open: OpenTurn[] = [];
  for (const piece of pieces) {
    const current = open.at(-1);
    if (piece.type === 'code') {
      if (current === undefined) continue;
      // What stood between the label and the fence is a note on the reply.
      if (current.code === null) {
        current.note.push(...current.lines);
        current.lines = [];
      }
      current.code =
        current.code === null ? piece.code.text : `${current.code}\n${piece.code.text}`;
      current.end = piece.code.span.end;
      continue;
    }
    const label = labelOf(piece.text);
    if (label !== null) {
      const lines = label.text === '' ? [] : [label.text];
      open.push({ label, lines, note: [], code: null, ...piece.span });
    } else if (current !== undefined) {
      current.lines.push(piece.text.trim());
      current.end = piece.span.end;
    }
  }
  const turns: Turn[] = [];
  for (const turn of open) addTurn(turns, turn);
  return turns;
}

function addTurn(turns: Turn[], { label, lines, note, code, start, end }: OpenTurn): void {
  const { mark, role, recipient } = label;
  const content = code ?? lines.join('\n');
  const { type: _type, ...plain } = messageOf(role, content, { start, end });
  const attributes: ExampleMessage['attributes'] = recipient === null ? {} : { recipient };
  const message = { ...plain, attributes, elided: isElided(content) };
  if (mark === null) {
    turns.push({ type: 'message', ...message });
    return;
  }
  const words = { note: note.length === 0 ? null : note.join(' '), violates: null, inlines: [] };
  const reply: MarkedReply = { ...message, type: 'reply', mark, ...words };
  const last = turns.at(-1);
  if (last?.type === 'comparison') {
    last.replies.push(reply);
    last.span = { start: last.span.start, end };
  } else turns.push({ type: 'comparison', span: { start, end }, replies: [reply] });
}
