/**
 * @module features/spec/resolve/quoted
 * Tells a sender's own words from those that the sender quotes. In doubt it is a quotation: what is taken for
 * one can still be lent authority, what is not has it.
 */

import { SourceText } from '../../../spec/source-text.ts';
import { at } from '../../../text/at.ts';
import type { Marker, QuotedText } from './types.ts';

/** A message's text taken apart. */
export interface SplitText {
  text: string;
  quoted: QuotedText[];
  settings: Record<string, string>;
  markers: Marker[];
}

interface Piece {
  start: number;
  end: number;
  form: QuotedText['form'];
  text: string;
}

/** Words in quotation marks that are fewer than these name something and tell nobody anything. */
const SHORTEST_QUOTATION = 3;

const SETTING_LINE = /^\s*([A-Za-z_][\w-]{0,63})\s*:\s*(.*?)\s*$/;

/**
 * Splits the text of one message. `maySet`: its role may carry settings; otherwise a block of settings is text.
 * Quoted pieces get ids after `message` from `firstNumber` on. What binds to the letter, settings and markers,
 * counts only before the first quoted word: a program that puts text of others into a message can't be made to
 * say more there, whatever that text closes and opens.
 */
export function splitText(
  raw: string,
  message: string,
  firstNumber: number,
  maySet: boolean,
): SplitText {
  const settings: Record<string, string> = {};
  const blocks = numbered(raw, quotedBlocks(raw), message, firstNumber);
  const unset = maySet ? takeSettings(blocks.text, settings) : blocks.text;
  const marked = numbered(unset, quotations(unset), message, blocks.next);
  return {
    text: marked.text.trim(),
    quoted: [...blocks.quoted, ...marked.quoted],
    settings,
    markers: markersIn(beforeQuotes(marked.text)),
  };
}

/** The lines, or the beginning of one, that stand before everything quoted, be it a single word. */
function beforeQuotes(text: string): string {
  const first = text.search(/\[m\d+\.q\d+\]|["“”«»„]/);
  return first === -1 ? text : text.slice(0, first);
}

function numbered(
  raw: string,
  pieces: readonly Piece[],
  message: string,
  first: number,
): { text: string; quoted: QuotedText[]; next: number } {
  const quoted: QuotedText[] = [];
  let text = '';
  let at = 0;
  for (const { start, end, form, text: own } of pieces) {
    const id = `${message}.q${first + quoted.length}`;
    quoted.push({ id, form, text: own });
    text += `${raw.slice(at, start)}[${id}]`;
    at = end;
  }
  return { text: text + raw.slice(at), quoted, next: first + quoted.length };
}

/**
 * What is set apart as a block: tags, fences, block quotes; a text that is nothing but JSON is data as a whole.
 * Where there is more than one, the quoted text may itself have closed and opened them, so that what seems to
 * stand between them is quoted too.
 */
function quotedBlocks(raw: string): Piece[] {
  if (isData(raw)) return [{ start: 0, end: raw.length, form: 'data', text: raw.trim() }];
  const tagged = untrustedBlock(raw);
  const lines = lineBlocks(raw);
  const pieces = [
    ...tagged,
    ...lines.filter((line) => !tagged.some((tag) => isInside(line, tag))),
  ].toSorted((a, b) => a.start - b.start);
  const [first, second] = pieces;
  if (first === undefined || second === undefined) return pieces;
  const end = pieces.reduce((last, piece) => Math.max(last, piece.end), 0);
  return [{ ...first, end, text: raw.slice(first.start, end) }];
}

function isInside(inner: Piece, outer: Piece): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/**
 * `<untrusted_text>` … `</untrusted_text>`, where there is one pair. However else the tags stand, all is quoted
 * from the first of them to the last, and to the end where the last one opens.
 */
function untrustedBlock(raw: string): Piece[] {
  const tags = [...raw.matchAll(/<(\/?)untrusted(?:_text)?(?:\s[^<>]{0,200})?>/gi)];
  const [first] = tags;
  const last = tags.at(-1);
  if (first === undefined || last === undefined) return [];
  const start = first.index;
  const isClosed = last[1] === '/';
  const end = isClosed ? last.index + last[0].length : raw.length;
  const isPair = tags.length === 2 && first[1] === '' && isClosed;
  const text = isPair ? raw.slice(start + first[0].length, last.index) : raw.slice(start, end);
  return [{ start, end, form: 'untrusted block', text: text.trim() }];
}

function takeSettings(raw: string, settings: Record<string, string>): string {
  const own = beforeQuotes(raw).length;
  return raw.replaceAll(/<settings>([^<]*)<\/settings>/gi, (block, body: string, from: number) => {
    if (from >= own) return block;
    for (const line of body.split(/\r\n|\n|\r/)) {
      const match = SETTING_LINE.exec(line);
      if (match !== null) settings[at(match, 1)] = at(match, 2);
    }
    return '';
  });
}

/** Fences and block quotes. */
function lineBlocks(raw: string): Piece[] {
  const source = new SourceText('', raw);
  const pieces: Piece[] = [];
  let line = 0;
  while (line < source.lineCount) {
    const content = source.content(line);
    const fence = /^(`{3,}|~{3,})/.exec(content)?.[1];
    const start = source.start(line);
    const first = line;
    if (fence !== undefined) {
      do line++;
      while (line < source.lineCount && !closes(source.content(line), fence));
      const text = raw.slice(source.start(first + 1), source.start(line)).trim();
      const end = line < source.lineCount ? source.end(line) : raw.length;
      pieces.push({ start, end, form: 'fence', text });
      line++;
    } else if (content.startsWith('>')) {
      while (source.content(line).startsWith('>')) line++;
      const end = source.end(line - 1);
      const text = raw.slice(start, end).replaceAll(/^[ \t]*> ?/gm, '');
      pieces.push({ start, end, form: 'block quote', text });
    } else line++;
  }
  return pieces;
}

function closes(content: string, fence: string): boolean {
  const trimmed = content.trimEnd();
  return trimmed.startsWith(fence) && trimmed === fence.charAt(0).repeat(trimmed.length);
}

function isData(raw: string): boolean {
  const text = raw.trim();
  if (!/^[[{][\s\S]*[\]}]$/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Words in quotation marks that are more than a name. A straight mark after a letter or digit opens nothing. */
function quotations(raw: string): Piece[] {
  const pieces: Piece[] = [];
  const marks = /(?<![\p{L}\p{N}])"[^"]*"|“[^“”]*”|«[^«»]*»|„[^„“”]*[“”]/gu;
  for (const match of raw.matchAll(marks)) {
    const text = match[0].slice(1, -1);
    if (text.trim().split(/\s+/).length < SHORTEST_QUOTATION) continue;
    const start = match.index;
    pieces.push({ start, end: start + match[0].length, form: 'quotation', text });
  }
  return pieces;
}

function markersIn(text: string): Marker[] {
  const markers: Marker[] = [];
  for (const match of text.matchAll(/^[ \t]*override[ \t]+#([^\s:]{1,200})[ \t]*(?::.*)?$/gim)) {
    markers.push({ type: 'override', clause: at(match, 1) });
  }
  const delegations =
    /^[ \t]*delegate[ \t]+to[ \t]+(?:tool[ \t]+(\S{1,200})|(quoted text)|(m\d+(?:\.q\d+)?))[ \t]*$/gim;
  for (const [, tool, quoted, id] of text.matchAll(delegations)) {
    if (tool !== undefined) markers.push({ type: 'delegate', to: { tool } });
    else if (quoted !== undefined) markers.push({ type: 'delegate', to: 'quoted' });
    else if (id !== undefined) markers.push({ type: 'delegate', to: { id: id.toLowerCase() } });
  }
  return markers;
}
