/** @module lsp/hover What a name in the text stands for, without going there. */
import type { Hover } from 'vscode-languageserver/node';
import { examplesOf, locator, type Section, titlesResolved, walkBlocks } from '../spec/index.ts';
import { tagsIn } from '../spec/walk.ts';
import type { Mention } from './mentions.ts';
import { rangeOf } from './places.ts';
import type { Reading } from './reading.ts';
import { counted, harmless, KIND_MEANINGS, levelMeaning, standing } from './words.ts';

/** What to show for an offset of a spec, in Markdown; null where nothing is named. */
export function hover(reading: Reading, offset: number): Hover | null {
  const mention = reading.mentionAt(offset);
  const text = mention === null ? null : describe(reading, mention);
  if (mention === null || text === null) return null;
  return {
    contents: { kind: 'markdown', value: text },
    range: rangeOf(reading.document, mention.whole),
  };
}

function describe(reading: Reading, { type, name, section }: Mention): string | null {
  if (type === 'tag') return tagCard(reading, name);
  if (type === 'kind') {
    return section.kind === name ? `**${name}**: ${KIND_MEANINGS[section.kind]}.` : null;
  }
  if (type === 'level') {
    const level = reading.spec.levels.find((one) => one.name === name);
    return level === undefined ? null : harmless(levelMeaning(reading.spec, level));
  }
  const target = reading.section(name);
  return target === undefined
    ? `There is no section \`#${harmless(name)}\`.`
    : sectionCard(reading, target);
}

/** A section on one card: title, level, first paragraph, what it has, its locator. */
export function sectionCard(reading: Reading, section: Section): string {
  const { spec } = reading;
  const own = standing(section);
  const parts = [`**${harmless(section.title)}**${own === '' ? '' : ` · ${harmless(own)}`}`];
  const first = firstParagraph(section);
  if (first !== null) parts.push(harmless(titlesResolved(first, spec)));
  if (section.isClause) {
    const tags = tagsIn(section.blocks).length;
    parts.push(`${counted(examplesOf(section).length, 'example')}, ${counted(tags, 'eval tag')}`);
  }
  parts.push(`\`${locator(spec, section.id).replaceAll('`', "'")}\``);
  return parts.join('\n\n');
}

const LONGEST_PARAGRAPH = 1200;

function firstParagraph(section: Section): string | null {
  for (const block of walkBlocks(section.blocks)) {
    if (block.type === 'commentary' || block.type === 'example') return null;
    if (block.type !== 'paragraph' || block.text === '') continue;
    const { text } = block;
    return text.length > LONGEST_PARAGRAPH ? `${text.slice(0, LONGEST_PARAGRAPH)}…` : text;
  }
  return null;
}

const MOST_TITLES = 20;

function tagCard(reading: Reading, tag: string): string {
  const file = reading.evalFile(tag);
  if (file === undefined) {
    return reading.document.uri.startsWith('file:')
      ? `There is no file of prompts for \`[^${tag}]\`; it would be \`examples/${tag}.md\`.`
      : `The prompts for \`[^${tag}]\` are looked for in \`examples/${tag}.md\` once this document is saved.`;
  }
  const titles = file.prompts.map(({ title }) => `- ${harmless(title || 'without a title')}`);
  if (titles.length > MOST_TITLES) {
    titles.splice(MOST_TITLES, Infinity, `- … and ${titles.length - MOST_TITLES} more`);
  }
  return [
    `**${counted(file.prompts.length, 'eval prompt')}** in \`examples/${tag}.md\``,
    titles.join('\n'),
  ].join('\n\n');
}
