/** @module features/spec/diff/text The texts of a section that are compared. */
import { clauseText } from '../../../spec/clause.ts';
import type { Section, Spec } from '../../../spec/types.ts';
import { walkParagraphs } from '../../../spec/walk.ts';

/** What stands under the heading, with line ends as `\n`, without white space around it. */
export function bodyOf(spec: Spec, section: Section): string {
  const start = Math.min(section.heading.end.offset, section.span.end.offset);
  const text = spec.text.slice(start, section.span.end.offset);
  return (text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text).trim();
}

/** The paragraphs as they are written, wherever their lines end and whatever marks them as a list. */
export function proseOf({ blocks }: Section): string {
  const texts = walkParagraphs(blocks).map(({ text }) => text.replaceAll(/\r\n?|\n/g, ' ').trim());
  return texts.join('\n');
}

/** Lines of nothing but a conversation's tag: every example has them, so they tell nobody from another. */
const TAG_LINE = /^[* \t]*<\/?\w[^>\n]*>.*$/gm;

/** Title and everything under it, as it is compared with other sections. */
export function wholeText(spec: Spec, section: Section): string {
  return `${section.title}\n${bodyOf(spec, section).replaceAll(TAG_LINE, '')}`;
}

/** Title and what directs behaviour, without commentary and examples. */
export function ownWords(spec: Spec, section: Section): string {
  return `${section.title}\n${clauseText(spec, section).text}`;
}
