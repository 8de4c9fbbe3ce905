/**
 * @module spec/dialects/scraped
 * What copies from the web bring along: tables of contents, addresses with typographic quotes, links to
 * private documents, white space at line ends.
 */

import { shortened } from '../diagnostics.ts';
import { slug } from '../section-ids.ts';
import type { SourceText } from '../source-text.ts';
import type { Block, List, Reference, Section } from '../types.ts';
import { walkBlocks, walkInlines } from '../walk.ts';
import type { Unread } from './dialect.ts';

const CURLY = /[‘’“”]|%E2%80%9[89CD]/i;
const PRIVATE =
  /^https?:\/\/(?:docs\.google\.com\/(?:document|spreadsheets|presentation)\/d\/|drive\.google\.com\/|(?:[^/]*\.)?(?:sharepoint\.com|atlassian\.net|notion\.so)\/|localhost\b|127\.|10\.|192\.168\.|[^/]+\.(?:internal|local|corp)\b)/i;
const FEWEST_LINKS = 3;

/** Marks navigation, makes references meet the ids they mean, and reports what the web left behind. */
export function readScraped(unread: Unread, sections: readonly Section[]): void {
  const { source, diagnostics } = unread;
  const ids = new Map(sections.map(({ id }) => [id, id]));
  for (const section of sections) {
    for (const inline of walkInlines(section.blocks)) {
      if (inline.type === 'reference') readAddress(unread, inline, ids);
    }
    const links = navigationLinks(section.blocks);
    if (links >= FEWEST_LINKS) {
      section.isNavigation = !section.blocks.some(holdsWords);
      const contents = section.blocks.find((block) => block.type === 'list' && isNavigation(block));
      const span = contents?.span ?? section.heading;
      diagnostics.addAt(source.file, 'navigation', span, { links });
    }
  }
  reportTrailingSpace(source, unread);
}

function readAddress(
  { source, diagnostics }: Unread,
  reference: Reference,
  ids: ReadonlyMap<string, string>,
): void {
  const { target, form, span } = reference;
  if (form === 'external') {
    if (!PRIVATE.test(target)) return;
    diagnostics.addAt(source.file, 'private-address', span, { address: shortened(target) });
    return;
  }
  if (CURLY.test(target)) {
    const data = { target: shortened(target) };
    diagnostics.addAt(source.file, 'curly-quote-in-address', span, data);
  }
  const id = ids.get(target) ?? ids.get(slug(decoded(target)));
  if (id === undefined || id === target) return;
  reference.written = target;
  reference.target = id;
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target).replaceAll(/[‘’“”"']/g, '');
  } catch {
    return target;
  }
}

function navigationLinks(blocks: readonly Block[]): number {
  let links = 0;
  for (const block of blocks) {
    if (block.type !== 'list' || !isNavigation(block)) continue;
    for (const inner of walkBlocks([block])) if (inner.type === 'paragraph') links++;
  }
  return links;
}

/** Whether every line of a list is a link into the document and nothing else. */
function isNavigation(list: List): boolean {
  return walkBlocks([list]).every((block) => {
    if (block.type === 'list') return true;
    if (block.type !== 'paragraph') return false;
    const [only, ...more] = block.inlines;
    if (only?.type !== 'reference' || only.form !== 'internal' || more.length > 0) return false;
    const { start, end } = block.span;
    return only.span.start.offset === start.offset && only.span.end.offset === end.offset;
  });
}

function holdsWords(block: Block): boolean {
  return block.type !== 'list' || !isNavigation(block);
}

function reportTrailingSpace(source: SourceText, { diagnostics }: Unread): void {
  let count = 0;
  let first = -1;
  for (let line = 0; line < source.lineCount; line++) {
    const end = source.end(line);
    const last = source.text[end - 1];
    if (source.isBlank(line) || (last !== ' ' && last !== '\t')) continue;
    if (count === 0) first = line;
    count++;
  }
  if (count === 0) return;
  const start = source.visibleEnd(first, first + 1);
  diagnostics.add(source, 'trailing-white-space', start, source.end(first), { lines: count });
}
