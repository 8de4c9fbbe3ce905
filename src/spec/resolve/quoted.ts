/**
 * @module spec/resolve/quoted
 * Tells a sender's own words from those that the sender quotes. In doubt it is a quotation: what is taken for
 * one can still be lent authority, what is not has it.
 */
import { SourceText } from '../source-text.ts';
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
 * Quoted pieces get ids after `message` from `firstNumber` on.
 */
export function splitText(
  raw: string,
  message: string,
  firstNumber: number,
  maySet: boolean,
): SplitText {
  const settings: Record<string, string> = {};
  const untrusted = untrustedBlocks(raw);
  const withoutBlocks = numbered(raw, untrusted, message, firstNumber);
  const unset = maySet ? takeSettings(withoutBlocks.text, settings) : withoutBlocks.text;
  const fenced = numbered(unset, lineBlocks(unset), message, withoutBlocks.next);
  const marked = numbered(fenced.text, quotations(fenced.text), message, fenced.next);
  return {
    text: marked.text.trim(),
    quoted: [...withoutBlocks.quoted, ...fenced.quoted, ...marked.quoted],
    settings,
    markers: markersIn(marked.text),
  };
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
 * `<untrusted_text>` … `</untrusted_text>`. Text that is quoted may hold a closing tag of its own, so where the
 * tags don't pair, everything from the first opening to the last closing one is quoted, or to the end.
 */
function untrustedBlocks(raw: string): Piece[] {
  const tags = [...raw.matchAll(/<(\/?)untrusted(?:_text)?(?:\s[^<>]{0,200})?>/gi)];
  const pieces: Piece[] = [];
  let open: RegExpExecArray | null = null;
  for (const tag of tags) {
    const isClosing = tag[1] === '/';
    if (isClosing === (open === null)) return [widest(raw, tags)];
    if (!isClosing) open = tag;
    else if (open !== null) {
      const start = open.index;
      const end = tag.index + tag[0].length;
      const text = raw.slice(start + open[0].length, tag.index).trim();
      pieces.push({ start, end, form: 'untrusted block', text });
      open = null;
    }
  }
  return open === null ? pieces : [widest(raw, tags)];
}

function widest(raw: string, tags: readonly RegExpExecArray[]): Piece {
  const opening = tags.find((tag) => tag[1] !== '/');
  const last = tags.at(-1);
  const start = opening?.index ?? 0;
  const end =
    last !== undefined && last[1] === '/' && last.index > start
      ? last.index + last[0].length
      : raw.length;
  return { start, end, form: 'untrusted block', text: raw.slice(start, end) };
}

function takeSettings(raw: string, settings: Record<string, string>): string {
  return raw.replaceAll(/<settings>([^<]*)<\/settings>/gi, (_, body: string) => {
    for (const line of body.split(/\r\n|\n|\r/)) {
      const match = SETTING_LINE.exec(line);
      if (match?.[1] !== undefined) settings[match[1]] = match[2] ?? '';
    }
    return '';
  });
}

/** Fences and block quotes; a text that is nothing but JSON is data as a whole. */
function lineBlocks(raw: string): Piece[] {
  if (isData(raw)) return [{ start: 0, end: raw.length, form: 'data', text: raw.trim() }];
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

/** Words in quotation marks, as far as they stand in one line and are more than a name. */
function quotations(raw: string): Piece[] {
  const pieces: Piece[] = [];
  const marks = /"([^"\r\n]*)"|“([^“”\r\n]*)”|«([^«»\r\n]*)»|„([^„“”\r\n]*)[“”]/g;
  for (const match of raw.matchAll(marks)) {
    const text = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
    if (text.trim().split(/\s+/).length < SHORTEST_QUOTATION) continue;
    pieces.push({
      start: match.index,
      end: match.index + match[0].length,
      form: 'quotation',
      text,
    });
  }
  return pieces;
}

function markersIn(text: string): Marker[] {
  const markers: Marker[] = [];
  for (const match of text.matchAll(/^[ \t]*override[ \t]+#([^\s:]{1,200})[ \t]*(?::.*)?$/gim)) {
    markers.push({ type: 'override', clause: match[1] ?? '' });
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
