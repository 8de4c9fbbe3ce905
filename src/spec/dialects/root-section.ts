/**
 * @module spec/dialects/root-section
 * The section of a document's text before its first heading, for dialects that may do without headings.
 */

import { blockContext, readBlocks } from '../blocks.ts';
import { identityFromPath, titleFromId } from '../identity.ts';
import { madeSection } from '../made-section.ts';
import { slug } from '../section-ids.ts';
import type { Section } from '../types.ts';
import type { Unread } from './dialect.ts';
import { hashText } from './headed-sections.ts';

/**
 * The section of the lines from `from` up to `to` (from 0, `to` not included);
 * null if they are blank.
 * @param name its title, where it is not that of the document
 */
export function rootSection(
  { source, header, diagnostics }: Unread,
  from: number,
  to: number,
  taken: readonly Section[],
  name?: string,
): Section | null {
  let first = from;
  while (first < to && source.isBlank(first)) first++;
  if (first >= to) return null;
  const title = name ?? header.title ?? titleFromId(header.id ?? identityFromPath(source.file).id);
  const ids = new Set(taken.map((section) => section.id));
  let id = slug(title);
  for (let number = 2; ids.has(id); number++) id = `${slug(title)}~${number}`;
  const context = blockContext(source, diagnostics);
  const start = source.start(first);
  const end = to < source.lineCount ? source.start(to) : source.text.length;
  return madeSection({
    id,
    title,
    isClause: false,
    heading: source.span(source.first(first), source.first(first)),
    span: source.span(start, end),
    textHash: hashText(source.text.slice(start, end)),
    blocks: readBlocks(context, first, to, id, false),
  });
}
