/**
 * @module spec/dialects/prose
 * Specs that are written as an essay, such as Claude's constitution: headings without ids, an order of
 * priorities in words, hard constraints and adjustable defaults as lists.
 */

import { slug } from '../section-ids.ts';
import { binds } from '../semantics/modality.ts';
import type { Block, List, ListItem, Override, Paragraph, Section } from '../types.ts';
import { walkParagraphs } from '../walk.ts';
import type { Reading, Unread } from './dialect.ts';
import { declaredOr, levelsOf, readHeadedSections, reportPreamble } from './headed-sections.ts';
import { imprintOf } from './imprint.ts';
import { FreshIds, type LiftedFacts, liftItem, withoutItems } from './lift.ts';
import { findPriority, levelOfChapter } from './priorities.ts';
import { readScraped } from './scraped.ts';

const HARD = 'hard_constraint';
const ABOUT_LIMITS = /hard constraint|red line|bright line|absolute|prohibit/i;
const FORBIDDING_LEAD = /\b(?:never|must not|may not|not|cannot)\s*:\s*$/i;
const SWITCHABLE = /\b(non-)?default\b.{0,80}?\b(\p{L}+?)s? can turn (on|off)\b/iu;

/** The sections of an essay; its lists of limits and of adjustable defaults become clauses of their own. */
export function readProse(unread: Unread): Reading {
  const { source, header, diagnostics } = unread;
  const headed = readHeadedSections(unread, {
    expectsIds: false,
    knowsExtensions: true,
    rework: (blocks) => withoutRules(unread, blocks),
  });
  reportPreamble(source, header.nextLine, headed.firstHeading, diagnostics);
  reportMadeIds(unread, headed.sections);
  readScraped(unread, headed.sections);
  const priority = findPriority(headed.sections);
  const ids = new FreshIds(headed.sections.map(({ id }) => id));
  const sections = headed.sections.flatMap((section) => {
    if (section.isNavigation === true) return [section];
    const { rest, lifted } = liftLists(unread, section, ids);
    const level = rest.level ?? levelOfChapter(rest, priority?.order ?? []);
    return [{ ...rest, level, isClause: rest.isClause || directs(rest) }, ...lifted];
  });
  const order = priority?.order ?? [];
  const isLimited = sections.some(({ level }) => level === HARD);
  const own = levelsOf([...(isLimited ? [HARD] : []), ...order], [HARD]);
  const levels = headed.levels.length > 0 ? headed.levels : declaredOr(header.levels, own);
  const imprint = imprintOf(source.text, sections);
  return { levels, sections, ...imprint, ...(priority ? { priority } : {}) };
}

/** Essays part their chapters with rules (`---`), which say nothing. */
function withoutRules({ diagnostics }: Unread, blocks: Block[]): Block[] {
  return blocks.filter((block) => {
    const isRule = block.type === 'paragraph' && /^([-*_])(?:[ \t]*\1){2,}$/.test(block.text);
    if (isRule) diagnostics.forget('unsupported-markdown', block.span.start.offset);
    return !isRule;
  });
}

function reportMadeIds({ source, diagnostics }: Unread, sections: readonly Section[]): void {
  const first = sections[0];
  if (first === undefined) return;
  const data = { headings: sections.length, first: first.id };
  diagnostics.addAt(source.file, 'made-up-ids', first.heading, data);
}

/** An essay explains more than it directs: a section is a clause where a sentence of it binds. */
function directs(section: Section): boolean {
  return walkParagraphs(section.blocks).some(({ sentences }) =>
    sentences.some(({ text }) => binds(text) && isAboutTheModel(text)),
  );
}

/** "You should cite this document" binds the reader; "Claude should …" binds the model. */
function isAboutTheModel(text: string): boolean {
  return /\b(?:Claude|assistants?|models?|AIs?|agents?|chatbots?|it|we want|I|you)\b|[\u3400-\u9fff]/.test(
    text,
  );
}

function liftLists(
  { source }: Unread,
  section: Section,
  ids: FreshIds,
): { rest: Section; lifted: Section[] } {
  const items = new Set<ListItem>();
  const lifted: Section[] = [];
  const lift = (list: List, from: readonly ListItem[], facts: LiftedFacts): void => {
    for (const item of from) {
      items.add(item);
      lifted.push(liftItem(source, section, list, item, ids, facts));
    }
  };
  for (const [index, block] of section.blocks.entries()) {
    if (block.type !== 'list') continue;
    const before = section.blocks[index - 1];
    const lead = before?.type === 'paragraph' ? leadOf(before) : null;
    const isAboutLimits =
      before?.type === 'paragraph' && ABOUT_LIMITS.test(`${section.title} ${before.text}`);
    if (lead !== null && isAboutLimits && FORBIDDING_LEAD.test(lead.text)) {
      const prefix = /\bnever\s*:\s*$/i.test(lead.text) ? 'Never: ' : 'Not: ';
      lift(block, block.items, { level: HARD, kind: 'rule', lead, prefix });
      continue;
    }
    for (const item of block.items) {
      const [head, ...rest] = item.blocks;
      const override = head?.type === 'paragraph' ? switchOf(head.text) : null;
      if (override === null || head?.type !== 'paragraph') continue;
      for (const inner of rest) {
        if (inner.type !== 'list') continue;
        lift(inner, inner.items, { kind: 'default', override, lead: head });
      }
    }
  }
  return { rest: withoutItems(source, section, items), lifted };
}

/** The last sentence of a paragraph, which the list after it completes. */
function leadOf(paragraph: Paragraph): Paragraph | null {
  const last = paragraph.sentences.at(-1);
  if (last === undefined) return null;
  const inlines = paragraph.inlines.filter(
    ({ span }) => span.start.offset >= last.span.start.offset,
  );
  return { type: 'paragraph', span: last.span, text: last.text, sentences: [last], inlines };
}

/** "Default behaviors that operators can turn off": on until an operator says otherwise. */
function switchOf(text: string): Override | null {
  const match = SWITCHABLE.exec(text);
  if (match === null) return null;
  const who = slug(match[2] ?? '');
  return { how: 'explicit', by: [who], default: match[1] === undefined ? 'on' : 'off' };
}
