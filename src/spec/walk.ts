/**
 * @module spec/walk
 * Goes through everything in a section, however deep in lists and commentary.
 */

import type {
  Block,
  Comparison,
  EvalTag,
  Example,
  Inline,
  MarkedReply,
  Paragraph,
  Reference,
  Section,
} from './types.ts';

/** Every block in reading order, each before the blocks it holds. */
export function walkBlocks(blocks: readonly Block[]): Block[] {
  const found: Block[] = [];
  const visit = (block: Block): void => {
    found.push(block);
    if (block.type === 'commentary') block.blocks.forEach(visit);
    else if (block.type === 'list') for (const item of block.items) item.blocks.forEach(visit);
  };
  blocks.forEach(visit);
  return found;
}

/** Every paragraph, also those in lists and commentary. */
export function walkParagraphs(blocks: readonly Block[]): Paragraph[] {
  return walkBlocks(blocks).filter((block) => block.type === 'paragraph');
}

/** References and eval tags in paragraphs and in the titles of examples; not those in notes on replies. */
export function walkInlines(blocks: readonly Block[]): Inline[] {
  const found: Inline[] = [];
  for (const block of walkBlocks(blocks)) {
    if (block.type === 'paragraph' || block.type === 'example')
      for (const inline of block.inlines) found.push(inline);
  }
  return found;
}

/** The eval tags in paragraphs and in the titles of examples. */
export function tagsIn(blocks: readonly Block[]): EvalTag[] {
  return walkInlines(blocks).filter((inline) => inline.type === 'eval-tag');
}

/** The references in paragraphs and in the titles of examples that lead into the document itself. */
export function internalReferencesIn(blocks: readonly Block[]): Reference[] {
  return walkInlines(blocks).filter(isInternal);
}

/** Whether something in running text is a reference that leads into the document itself. */
export function isInternal(inline: Inline): inline is Reference {
  return inline.type === 'reference' && inline.form !== 'external';
}

/** The examples of a section, in order. */
export function examplesOf(section: Section): Example[] {
  return walkBlocks(section.blocks).filter((block) => block.type === 'example');
}

/** The comparisons of an example, in order. */
export function comparisonsOf(example: Example): Comparison[] {
  return example.turns.filter((turn) => turn.type === 'comparison');
}

/** Every marked reply of an example, in order. */
export function repliesOf(example: Example): MarkedReply[] {
  return comparisonsOf(example).flatMap((comparison) => comparison.replies);
}
