/**
 * @module spec/dialects/priorities
 * The order of priorities that an essay states in words, and which chapter is about which of them.
 */

import { slug } from '../section-ids.ts';
import type { List, Priority, Section } from '../types.ts';
import { walkParagraphs } from '../walk.ts';
import { titleOfItem } from './lift.ts';

const STOP_WORDS: ReadonlySet<string> = new Set(
  'a an and being be claudes for in is its of on or our the their to with'.split(' '),
);

/**
 * The first numbered list of things in bold, in a section that speaks of priorities; null without one.
 * It is holistic where the document says that it is weighed and not applied word for word.
 */
export function findPriority(sections: readonly Section[]): Priority | null {
  let order: string[] | null = null;
  let isHolistic = false;
  for (const section of sections) {
    const texts = walkParagraphs(section.blocks).map(({ text }) => text);
    if (!texts.some((text) => /priorit/i.test(text))) continue;
    isHolistic ||= texts.some((text) => /\bholistic/i.test(text));
    order ??= section.blocks.map(orderIn).find((found) => found !== null) ?? null;
  }
  return order === null ? null : { mode: isHolistic ? 'holistic' : 'strict', order };
}

function orderIn(block: Section['blocks'][number]): string[] | null {
  if (block.type !== 'list' || !isOrderOfNames(block)) return null;
  const names = block.items.map((item) => slug(titleOfItem(item)));
  return new Set(names).size === names.length ? names : null;
}

function isOrderOfNames(list: List): boolean {
  if (!list.ordered || list.items.length < 2) return false;
  return list.items.every(
    ({ blocks: [first] }) => first?.type === 'paragraph' && first.text.startsWith('**'),
  );
}

/** The priority that a chapter is about, by the words that its title shares with it; null if none or unclear. */
export function levelOfChapter(section: Section, order: readonly string[]): string | null {
  if (section.depth !== 2) return null;
  const title = wordsOf(slug(section.title));
  let best: string | null = null;
  let most = 0;
  for (const name of order) {
    const shared = wordsOf(name).filter((word) => title.includes(word)).length;
    if (shared === most) best = null;
    if (shared > most) {
      most = shared;
      best = name;
    }
  }
  return best;
}

function wordsOf(name: string): string[] {
  return name.split('_').filter((word) => !STOP_WORDS.has(word));
}
