/**
 * @module spec/clause
 * A clause in the pieces that a judge needs: what it says, what explains it, what it refers to, what it
 * shows.
 */

import { findSection, titlesResolved } from './locate.ts';
import type { Block, Example, List, Section, Spec } from './types.ts';
import { examplesOf, internalReferencesIn, walkParagraphs } from './walk.ts';

/** A clause that another one refers to. */
export interface ClauseReference {
  id: string;
  title: string;
  level: string | null;
  /** The first sentence of its own text; empty if it has none. */
  firstSentence: string;
}

/** A clause in plain pieces. */
export interface ClauseText {
  /** What directs behaviour, as Markdown: paragraphs, lists, rankings and terms, with titles for references. */
  text: string;
  /** Each piece of commentary, which explains and does not direct. */
  commentary: string[];
  /** The sections its text refers to, each once, in order; without itself. */
  references: ClauseReference[];
  examples: Example[];
}

/** The pieces of one section; eval tags are left out of all of them. */
export function clauseText(spec: Spec, section: Section): ClauseText {
  const commentary = section.blocks.filter((block) => block.type === 'commentary');
  return {
    text: titlesResolved(printBlocks(directing(section)), spec),
    commentary: commentary.map(({ blocks }) => titlesResolved(printBlocks(blocks), spec)),
    references: referencesOf(spec, section),
    examples: examplesOf(section),
  };
}

function directing(section: Section): Block[] {
  return section.blocks.filter((block) => block.type !== 'commentary' && block.type !== 'example');
}

function referencesOf(spec: Spec, section: Section): ClauseReference[] {
  const targets = new Map<string, ClauseReference>();
  for (const reference of internalReferencesIn(directing(section))) {
    const target = findSection(spec, reference.target);
    if (target === undefined || target.id === section.id || targets.has(target.id)) continue;
    const { id, title, level } = target;
    targets.set(id, { id, title, level, firstSentence: firstSentence(spec, target) });
  }
  return [...targets.values()];
}

function firstSentence(spec: Spec, section: Section): string {
  for (const paragraph of walkParagraphs(directing(section))) {
    const sentence = paragraph.sentences[0]?.text ?? paragraph.text;
    if (sentence !== '') return titlesResolved(sentence, spec);
  }
  return '';
}

/** Blocks as Markdown; examples and commentary are left out wherever they stand. */
function printBlocks(blocks: readonly Block[]): string {
  const parts: string[] = [];
  for (const block of blocks) {
    if (block.type === 'paragraph') parts.push(block.text);
    else if (block.type === 'list') parts.push(printList(block));
    else if (block.type === 'code') parts.push(printCode(block.language, block.text));
  }
  return parts.join('\n\n');
}

function printList(list: List): string {
  const isLoose = list.items.some(
    (item) => item.blocks.filter((block) => block.type !== 'list').length > 1,
  );
  const items = list.items.map((item) => {
    const indent = ' '.repeat(item.marker.length + 1);
    const [first, ...rest] = printItem(item.blocks).split('\n');
    const following = rest.map((line) => (line === '' ? '' : indent + line));
    return [`${item.marker} ${first}`, ...following].join('\n');
  });
  return items.join(isLoose ? '\n\n' : '\n');
}

/** An item's list follows its text directly; anything else stands apart. */
function printItem(blocks: readonly Block[]): string {
  let printed = '';
  for (const block of blocks) {
    const text = printBlocks([block]);
    if (text === '') continue;
    if (printed !== '') printed += block.type === 'list' ? '\n' : '\n\n';
    printed += text;
  }
  return printed;
}

/** Code in a fence that nothing in it closes. */
export function printCode(language: string, text: string): string {
  let fence = '~~~';
  while (text.includes(fence)) fence += '~';
  return `${fence}${language}\n${text}\n${fence}`;
}
