/**
 * @module spec/dialects/lift
 * Makes sections of the items of a list, where a dialect writes its clauses as items.
 */

import { present } from '../present.ts';
import { slug } from '../section-ids.ts';
import type { SourceText } from '../source-text.ts';
import type { Block, List, ListItem, Paragraph, Section } from '../types.ts';
import { hashText } from './headed-sections.ts';

/** What is said of a lifted item beside what it says itself. */
export type LiftedFacts = Partial<
  Pick<Section, 'level' | 'kind' | 'tags' | 'override' | 'scope' | 'file' | 'form'>
> & {
  isClause?: boolean;
  /** The words that the items complete: "Claude should never:". The item alone would say the opposite. */
  lead?: Paragraph | null;
  /** Put before the item's own title. */
  prefix?: string;
};

const LONGEST_TITLE = 100;
const WORDS_OF_ID = 8;

/** Gives ids that are not taken yet, by sections of the document or one another. */
export class FreshIds {
  readonly #taken: Set<string>;
  readonly #last = new Map<string, number>();

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** An id from a title: its first words, and a number where that is taken. */
  from(title: string): string {
    const words = title.replace(/\s*\((?:e\.g\.|for example)[^)]*\)?/i, '');
    const base = slug(words).split('_').slice(0, WORDS_OF_ID).join('_').slice(0, 80);
    let id = base;
    let number = this.#last.get(base) ?? 1;
    while (this.#taken.has(id)) id = `${base}~${++number}`;
    this.#last.set(base, number);
    this.#taken.add(id);
    return id;
  }
}

/** The section that an item of a list becomes. */
export function liftItem(
  source: SourceText,
  parent: Section | null,
  list: List,
  item: ListItem,
  ids: FreshIds,
  facts: LiftedFacts,
): Section {
  const { lead, prefix, ...said } = facts;
  const title = (prefix ?? '') + titleOfItem(item);
  const first = item.blocks[0];
  const blocks: Block[] = lead ? [lead, { ...list, span: item.span, items: [item] }] : item.blocks;
  const heading =
    first?.type === 'paragraph' ? (first.sentences[0]?.span ?? first.span) : item.span;
  const words = { id: ids.from(title), title, heading, span: item.span, blocks };
  return liftedSection(source, parent, words, said);
}

/** A section of words that have no heading of their own. */
export function liftedSection(
  source: SourceText,
  parent: Section | null,
  words: Pick<Section, 'id' | 'title' | 'heading' | 'span' | 'blocks'>,
  said: Omit<LiftedFacts, 'lead' | 'prefix'>,
): Section {
  const { start, end } = words.span;
  return {
    ...words,
    depth: (parent?.depth ?? 0) + 1,
    parent: parent?.id ?? null,
    level: null,
    kind: null,
    isClause: true,
    tags: [],
    attributes: [],
    ...present({ file: parent?.file }),
    ...said,
    textHash: hashText(source.text.slice(start.offset, end.offset)),
  };
}

/** A section without the items that were lifted out of it; its hash no longer depends on them. */
export function withoutItems(
  source: SourceText,
  section: Section,
  lifted: ReadonlySet<ListItem>,
): Section {
  if (lifted.size === 0) return section;
  let text = '';
  let at = section.span.start.offset;
  for (const { span } of lifted) {
    text += source.text.slice(at, span.start.offset);
    at = span.end.offset;
  }
  text += source.text.slice(at, section.span.end.offset);
  return { ...section, blocks: without(section.blocks, lifted), textHash: hashText(text) };
}

function without(blocks: readonly Block[], lifted: ReadonlySet<ListItem>): Block[] {
  return blocks.flatMap((block): Block[] => {
    if (block.type !== 'list') return [block];
    const items = block.items
      .filter((item) => !lifted.has(item))
      .map((item) => ({ ...item, blocks: without(item.blocks, lifted) }));
    return items.length === 0 ? [] : [{ ...block, items }];
  });
}

/** What an item is called: its words in bold if it opens with such, otherwise its first sentence. */
export function titleOfItem(item: ListItem): string {
  const first = item.blocks[0];
  return first?.type === 'paragraph' ? titleOfParagraph(first) : 'Item';
}

/** What a paragraph is called: its words in bold if it opens with such, otherwise its first sentence. */
export function titleOfParagraph(paragraph: Paragraph): string {
  const bold = /^\*\*([^*\n]{2,100}?)[.:]?\*\*(?=[\s.:—–-]|$)/.exec(paragraph.text)?.[1];
  return plainTitle(bold ?? paragraph.sentences[0]?.text ?? paragraph.text);
}

/** Words as a title: in one line, without emphasis and eval tags, not too long. */
export function plainTitle(text: string): string {
  const plain = text
    .slice(0, 1000)
    .replaceAll(/ ?\[\^[\w-]{1,64}\]/g, '')
    .replaceAll(/[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[.;:,]$/, '');
  if (plain.length <= LONGEST_TITLE) return plain;
  const cut = plain.slice(0, LONGEST_TITLE - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST_TITLE / 2))}…`;
}
