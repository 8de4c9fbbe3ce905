/**
 * @module spec/conversation-tags
 * Reads one line of a conversation: whether it is a tag, and what it says. The notation looks like XML and is none: a
 * tag stands alone on its line, may be followed by a comment with a mark, and text between tags is free.
 */

import type { Mark } from './types.ts';

/** The elements of a conversation. */
export const ELEMENTS = [
  'system',
  'developer',
  'user',
  'assistant',
  'tool',
  'comparison',
  'settings',
  'untrusted',
] as const;

/** The name of an element of a conversation. */
export type ElementName = (typeof ELEMENTS)[number];

/** A line that holds a tag; offsets count from the start of the line. */
export interface TagLine {
  name: string;
  closes: boolean;
  attributes: Record<string, string>;
  /** From `<` to just after `>`. */
  start: number;
  end: number;
  comment: { text: string; start: number; end: number } | null;
  /** The line holds more than the tag and its comment: white space at an end, or a `*` before it. */
  hasStrayCharacters: boolean;
}

const TAG_LINE =
  /^([* \t]*)<(\/?)([A-Za-z_][\w-]*)((?:[ \t]+[\w:-]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)[ \t]*(\/?)>([ \t]*)(<!--.*-->)?([ \t]*)$/;
const ATTRIBUTE = /([\w:-]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const ELEMENT_NAMES: ReadonlySet<string> = new Set(ELEMENTS);
/** No tag is as long as this; longer lines are text, and cost no search. */
const LONGEST_TAG_LINE = 20_000;

/** Whether a name is that of an element of a conversation. */
export function isElement(name: string): name is ElementName {
  return ELEMENT_NAMES.has(name);
}

/** Takes a line apart that holds nothing but a tag; null for any other line. */
export function readTagLine(line: string): TagLine | null {
  if (line.length > LONGEST_TAG_LINE || !line.includes('<')) return null;
  const match = TAG_LINE.exec(line);
  if (match === null || match[5] === '/') return null;
  const [
    ,
    before = '',
    slash = '',
    name = '',
    attributeText = '',
    ,
    gap = '',
    comment,
    after = '',
  ] = match;
  const tagEnd = line.length - after.length - (comment?.length ?? 0) - gap.length;
  const commentStart = tagEnd + gap.length;
  const trailing = comment === undefined ? gap + after : after;
  return {
    name,
    closes: slash === '/',
    attributes: readAttributes(attributeText),
    start: before.length,
    end: tagEnd,
    comment: comment === undefined ? null : readComment(comment, commentStart),
    hasStrayCharacters: before !== '' || trailing !== '',
  };
}

/** Whether a line that is no tag line begins like the tag of a known element. */
export function beginsLikeTag(line: string): boolean {
  const match = /^[* \t]*<\/?([A-Za-z_]\w{0,20})/.exec(line.slice(0, 200));
  return match !== null && isElement(match[1] ?? '');
}

/** What the comment on a reply says. */
export interface MarkComment {
  mark: Mark;
  /** The id in `BAD[#id]`. */
  violates: string | null;
  /** The words after `:` or `,`, with their place in the comment. */
  note: { text: string; start: number } | null;
  /** Written in another way than `GOOD`, `BAD`, `OK` with an optional `[#id]` and `: note`. */
  isUnusual: boolean;
}

const MARK_WORDS: ReadonlyMap<string, Mark> = new Map([
  ['good', 'good'],
  ['compliant', 'good'],
  ['ok', 'ok'],
  ['bad', 'bad'],
  ['violation', 'bad'],
]);

/** Reads `GOOD`, `BAD[#id]: note`, `OK, note`; null if the comment is no mark at all. */
export function readMark(comment: string): MarkComment | null {
  const match = /^([A-Za-z]+)(?:\[#([^\]\s]*)\])?\s{0,9}([:,]?)\s*/.exec(comment);
  const word = match?.[1] ?? '';
  const mark = MARK_WORDS.get(word.toLowerCase());
  if (match === null || mark === undefined) return null;
  const start = match[0].length;
  const text = comment.slice(start).trimEnd();
  const isUsualWord = word === 'GOOD' || word === 'BAD' || word === 'OK';
  const hasUsualForm = match[3] === '' ? text === '' : text !== '';
  return {
    mark,
    violates: match[2] || null,
    note: text === '' ? null : { text, start },
    isUnusual: !(isUsualWord && hasUsualForm && match[2] !== ''),
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** Text with `&amp; &lt; &gt; &quot; &apos;` and numbered characters decoded, once; the rest as written. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(
    /&(?:([a-z]{2,4})|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g,
    (whole, name, decimal, hex) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number.parseInt(decimal, 10);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

function readComment(comment: string, start: number): { text: string; start: number; end: number } {
  const inside = comment.slice(4, -3);
  const lead = inside.length - inside.trimStart().length;
  return { text: inside.trim(), start: start + 4 + lead, end: start + comment.length };
}

function readAttributes(text: string): Record<string, string> {
  // No prototype: an attribute may be called __proto__.
  const attributes: Record<string, string> = Object.create(null);
  for (const match of text.matchAll(ATTRIBUTE)) {
    attributes[match[1] ?? ''] = match[2] ?? match[3] ?? match[4] ?? '';
  }
  return { ...attributes };
}
