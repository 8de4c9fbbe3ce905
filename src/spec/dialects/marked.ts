/**
 * @module spec/dialects/marked
 * Specs of objectives, rules and defaults with ✅ and ❌ before the replies of their examples, as in the
 * Model Spec of May 2024.
 */

import { slug } from '../section-ids.ts';
import type { Block, Kind, ListItem, Priority, Section } from '../types.ts';
import { walkParagraphs } from '../walk.ts';
import type { Reading, Unread } from './dialect.ts';
import { declaredOr, levelsOf, readHeadedSections, reportPreamble } from './headed-sections.ts';
import { FreshIds, liftItem, withoutItems } from './lift.ts';
import { readMarkedExamples } from './marked-examples.ts';

const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [/^objectives?\b|\bobjectives?$/i, 'objective'],
  [/^rules?\b|\brules?$/i, 'rule'],
  [/^defaults?\b|\bdefaults?$|^default behaviou?rs?/i, 'default'],
  [/^(?:definitions?|glossary)$/i, 'definition'],
];
const ROLES: readonly string[] = ['platform', 'developer', 'user', 'tool'];

/** The kind of clause that a heading announces for what stands below it; null if none. */
export function kindOfChapter(title: string): Kind | null {
  return KINDS.find(([pattern]) => pattern.test(title.trim()))?.[1] ?? null;
}

/** The sections of such a document. What stands under Objectives, Rules or Defaults is of that kind and level. */
export function readMarked(unread: Unread): Reading {
  const { source, header, diagnostics } = unread;
  const headed = readHeadedSections(unread, {
    expectsIds: false,
    knowsExtensions: true,
    rework: (blocks, section) => reworkMarked(unread, blocks, section),
  });
  reportPreamble(source, header.nextLine, headed.firstHeading, diagnostics);
  const parents = new Set(headed.sections.map(({ parent }) => parent));
  const chapterKinds = new Map<string, Kind | null>();
  const ids = new FreshIds(headed.sections.map(({ id }) => id));
  const sections = headed.sections.flatMap((section): Section[] => {
    const inherited = section.parent === null ? null : (chapterKinds.get(section.parent) ?? null);
    const own = kindOfChapter(section.title);
    const kind = inherited ?? own;
    chapterKinds.set(section.id, kind);
    if (kind === null || kind === 'definition') return [section];
    if (inherited !== null) return [asClause(section, kind)];
    return parents.has(section.id) ? [section] : liftAll(unread, section, kind, ids);
  });
  const levels = declaredOr(
    header.levels,
    levelsOf(['objective', 'rule', 'default'], ['objective', 'rule']),
  );
  return { levels, sections, priority: orderOfRoles(sections) };
}

/** Blocks with their hand-marked examples read; what was said of them as broken examples is taken back. */
export function reworkMarked(unread: Unread, blocks: Block[], section: string): Block[] {
  const read = readMarkedExamples(blocks, section, unread.source);
  if (read === null) return blocks;
  for (const block of read) {
    if (block.type !== 'example') continue;
    unread.diagnostics.forget('example-without-conversation', block.span.start.offset);
  }
  return read;
}

function asClause(section: Section, kind: Kind): Section {
  return { ...section, kind: section.kind ?? kind, level: section.level ?? kind, isClause: true };
}

/** A chapter without headings below it has its clauses as items. */
function liftAll({ source }: Unread, section: Section, kind: Kind, ids: FreshIds): Section[] {
  const items = new Set<ListItem>();
  const lifted: Section[] = [];
  for (const list of section.blocks) {
    if (list.type !== 'list') continue;
    for (const item of list.items) {
      items.add(item);
      lifted.push(liftItem(source, section, list, item, ids, { kind, level: kind }));
    }
  }
  return [withoutItems(source, section, items), ...lifted];
}

/** "Platform > Developer > User > Tool", as the document writes it, or as it is understood without. */
function orderOfRoles(sections: readonly Section[]): Priority {
  for (const section of sections) {
    for (const { text } of walkParagraphs(section.blocks)) {
      const match = /\b\w+(?: ?(?:>|&gt;) ?\w+){2,9}/.exec(text.slice(0, 100_000));
      const order = match?.[0].split(/ ?(?:>|&gt;) ?/).map(slug) ?? [];
      if (order.includes('user')) return { mode: 'strict', order };
    }
  }
  return { mode: 'strict', order: [...ROLES] };
}
