/**
 * @module spec/section-ids
 * Gives every section an id that no other section of the document has.
 */

import { type DiagnosticList, shortened } from './diagnostics.ts';
import type { Heading } from './headings.ts';
import type { SourceText } from './source-text.ts';

/**
 * One id per heading, in order. A written id is kept, or gets `~2`, `~3`, … where it stands again; a
 * heading without one gets an id made from its title that clashes with no written one.
 * @param expectsIds whether a heading without an id is worth a remark
 */
export function assignIds(
  source: SourceText,
  headings: readonly Heading[],
  diagnostics: DiagnosticList,
  expectsIds = true,
): string[] {
  const taken = new Set<string>();
  for (const heading of headings) if (heading.id !== null) taken.add(heading.id);
  const lineOfId = new Map<string, number>();
  const lastSuffix = new Map<string, number>();
  const suffixed = (base: string): string => {
    let number = lastSuffix.get(base) ?? 1;
    do number++;
    while (taken.has(`${base}~${number}`));
    lastSuffix.set(base, number);
    taken.add(`${base}~${number}`);
    return `${base}~${number}`;
  };

  return headings.map((heading) => {
    if (heading.id === null) {
      const base = slug(heading.title);
      const id = taken.has(base) ? suffixed(base) : base;
      taken.add(id);
      if (!expectsIds) return id;
      diagnostics.add(source, 'heading-without-id', heading.start, heading.end, {
        title: shortened(heading.title),
        id,
      });
      return id;
    }
    const earlier = lineOfId.get(heading.id);
    if (earlier !== undefined) {
      const id = suffixed(heading.id);
      diagnostics.add(source, 'duplicate-id', heading.start, heading.end, {
        id: heading.id,
        line: earlier + 1,
        readAs: id,
      });
      return id;
    }
    lineOfId.set(heading.id, heading.line);
    if (!/^[a-z0-9_]+$/.test(heading.id)) {
      const data = { id: shortened(heading.id) };
      diagnostics.add(source, 'unusual-id', heading.start, heading.end, data);
    }
    return heading.id;
  });
}

/** A title as an id: its letters and digits in lower case, everything else as `_`. */
export function slug(title: string): string {
  const words = title
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .match(/[\p{L}\p{N}]+/gu);
  return words === null ? 'section' : words.join('_');
}
