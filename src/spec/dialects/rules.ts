/**
 * @module spec/dialects/rules
 * Flat lists of rules, and of principles that compare: "Please choose the response that …".
 */

import { isComparative } from '../semantics/form.ts';
import { modalityOf } from '../semantics/modality.ts';
import type { Block, Kind, ListItem, Paragraph, Section } from '../types.ts';
import type { Reading, Unread } from './dialect.ts';
import { declaredOr, readHeadedSections } from './headed-sections.ts';
import { FreshIds, liftedSection, liftItem, titleOfParagraph, withoutItems } from './lift.ts';
import { rootSection } from './root-section.ts';

/** Each item of a list is a clause, and so is each paragraph that compares; headings group them. */
export function readRules(unread: Unread): Reading {
  const { header } = unread;
  const headed = readHeadedSections(unread, { expectsIds: false, knowsExtensions: true });
  const root = rootSection(unread, header.nextLine, headed.firstHeading, headed.sections);
  const written = root === null ? headed.sections : [root, ...headed.sections];
  const ids = new FreshIds(written.map(({ id }) => id));
  const sections = written.flatMap((section) => liftRules(unread, section, ids));
  return { levels: declaredOr(header.levels, headed.levels), sections };
}

/** A section without the rules in it, and after it a section for each of them. */
export function liftRules(
  { source }: Unread,
  section: Section,
  ids: FreshIds,
  facts: { kind?: Kind | null; scope?: string; tags?: string[] } = {},
): Section[] {
  const items = new Set<ListItem>();
  const paragraphs = new Set<Block>();
  const lifted: Section[] = [];
  for (const [index, block] of section.blocks.entries()) {
    if (block.type === 'list') {
      const before = section.blocks[index - 1];
      const lead = before?.type === 'paragraph' ? bindingLead(before) : null;
      for (const item of block.items) {
        items.add(item);
        const kind = facts.kind === undefined ? kindOfRule(item) : facts.kind;
        lifted.push(liftItem(source, section, block, item, ids, { ...facts, kind, lead }));
      }
    } else if (block.type === 'paragraph' && isComparative(block.text)) {
      paragraphs.add(block);
      const title = titleOfParagraph(block);
      const heading = block.sentences[0]?.span ?? block.span;
      const words = { id: ids.from(title), title, heading, span: block.span, blocks: [block] };
      const said = { ...facts, kind: facts.kind ?? null };
      lifted.push(liftedSection(source, section, words, said));
    }
  }
  const rest = withoutItems(source, section, items);
  const blocks = rest.blocks.filter((block) => !paragraphs.has(block));
  return [{ ...rest, blocks }, ...lifted];
}

/** "The assistant must not:" binds what the items after it say; "Some rules follow:" does not. */
function bindingLead(paragraph: Paragraph): Paragraph | null {
  const last = paragraph.sentences.at(-1);
  if (last === undefined || !/[:：]$/.test(last.text.trimEnd())) return null;
  const modality = modalityOf(last.text);
  if (modality === null) return null;
  return { type: 'paragraph', span: last.span, text: last.text, sentences: [last], inlines: [] };
}

/** What compares two replies is no limit for one. */
function kindOfRule(item: ListItem): Kind | null {
  const first = item.blocks[0];
  return first?.type === 'paragraph' && isComparative(first.text) ? null : 'rule';
}
