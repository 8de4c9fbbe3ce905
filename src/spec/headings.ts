/**
 * @module spec/headings
 * Reads heading lines: `## Title {#id authority=root tags=a,b}`.
 *
 * Beside the attributes of the published Model Spec (`authority`, `tags`), Tenet reads `level` as another
 * word for `authority`, and `kind=objective|rule|default|definition`. Attributes may come in any order
 * and their values may be quoted. Ids may be anything without white space or braces.
 */

import { type DiagnosticList, shortened } from './diagnostics.ts';
import type { SourceText } from './source-text.ts';
import type { Attribute } from './types.ts';

/** A heading line, taken apart. Nothing in it has been judged against the rest of the document. */
export interface Heading {
  line: number;
  depth: number;
  title: string;
  /** As written; null where there is none. */
  id: string | null;
  attributes: Attribute[];
  start: number;
  end: number;
}

const HASH = 35;
const DEEPEST = 6;
const INDENT_OF_CODE = 4;
/** Nobody writes as many attributes; a line that does is not searched for them. */
const LONGEST_BRACES = 10_000;

/** Whether a line starts like a heading; a cheap test for every line of a document. */
export function looksLikeHeading(source: SourceText, line: number): boolean {
  const first = source.first(line);
  if (source.text.charCodeAt(first) !== HASH || source.indent(line) >= INDENT_OF_CODE) return false;
  const depth = headingDepth(source.text, first);
  return depth <= DEEPEST && isSpaceOrEnd(source, line, first + depth);
}

/** Whether a line is a heading that names its id: what ends a fence that somebody forgot to close. */
export function isHeadingWithId(source: SourceText, line: number): boolean {
  if (!looksLikeHeading(source, line) || source.indent(line) > 0) return false;
  const text = source.line(line).trimEnd();
  return text.endsWith('}') && text.slice(text.lastIndexOf('{')).includes('#');
}

/** Takes a heading line apart. Call it only where `looksLikeHeading` holds. */
export function readHeading(
  source: SourceText,
  line: number,
  diagnostics: DiagnosticList,
): Heading {
  const start = source.first(line);
  const depth = headingDepth(source.text, start);
  const raw = source.text.slice(start, source.end(line)).trimEnd();
  const end = start + raw.length;
  const heading: Heading = { line, depth, title: '', id: null, attributes: [], start, end };
  const braces = findBraces(raw);
  if (braces === null) {
    heading.title = withoutClosing(raw.slice(depth)).trim();
    const opening = raw.lastIndexOf('{#');
    if (opening !== -1) {
      const data = { problem: 'not-at-end', heading: shortened(raw) } as const;
      diagnostics.add(source, 'malformed-attributes', start + opening, end, data);
    }
    return heading;
  }
  heading.title = raw.slice(depth, braces.start).trim();
  readAttributes(source, heading, start + braces.start + 1, start + braces.end - 1, diagnostics);
  return heading;
}

/** `## Title ##`: marks after a title close it, and are no part of it. */
function withoutClosing(title: string): string {
  return title.replace(/(?:^|[ \t])#+$/, '');
}

function headingDepth(text: string, first: number): number {
  let depth = 1;
  while (depth <= DEEPEST && text.charCodeAt(first + depth) === HASH) depth++;
  return depth;
}

function isSpaceOrEnd(source: SourceText, line: number, offset: number): boolean {
  if (offset >= source.end(line)) return true;
  const character = source.text[offset];
  return character === ' ' || character === '\t';
}

function findBraces(raw: string): { start: number; end: number } | null {
  if (!raw.endsWith('}')) return null;
  const start = raw.lastIndexOf('{');
  if (start === -1 || raw.length - start > LONGEST_BRACES) return null;
  // `{braces}` may be words of the title; an id or an assignment shows that they are ours.
  const inside = raw.slice(start + 1, -1);
  return inside.includes('#') || inside.includes('=') ? { start, end: raw.length } : null;
}

function readAttributes(
  source: SourceText,
  heading: Heading,
  start: number,
  end: number,
  diagnostics: DiagnosticList,
): void {
  for (const word of splitWords(source.text, start, end)) {
    const text = source.text.slice(word.start, word.end);
    const equals = text.indexOf('=');
    if (text.startsWith('#') && text.length > 1) {
      if (heading.id === null) heading.id = text.slice(1);
      else {
        const data = { problem: 'second-id', written: text, id: heading.id } as const;
        diagnostics.add(source, 'malformed-attributes', word.start, word.end, data);
      }
    } else if (equals > 0) {
      heading.attributes.push({
        key: text.slice(0, equals),
        value: unquoted(text.slice(equals + 1)),
        span: source.span(word.start, word.end),
      });
    } else {
      const data = { problem: 'neither-id-nor-attribute', written: shortened(text) } as const;
      diagnostics.add(source, 'malformed-attributes', word.start, word.end, data);
    }
  }
}

function* splitWords(
  text: string,
  start: number,
  end: number,
): Generator<{ start: number; end: number }> {
  let at = start;
  while (at < end) {
    while (at < end && (text[at] === ' ' || text[at] === '\t')) at++;
    const wordStart = at;
    let quoted = false;
    while (at < end && (quoted || (text[at] !== ' ' && text[at] !== '\t'))) {
      if (text[at] === '"') quoted = !quoted;
      at++;
    }
    if (at > wordStart) yield { start: wordStart, end: at };
  }
}

function unquoted(value: string): string {
  return value.length > 1 && value.startsWith('"') && value.endsWith('"')
    ? value.slice(1, -1)
    : value;
}
