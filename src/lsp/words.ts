/**
 * @module lsp/words
 * What hovers and completions say, in Markdown that does nothing but be read.
 */

import type { Kind, Level, Section, Spec } from '../spec/index.ts';
import { safeText } from '../text/safe-text.ts';

/** `1 example`, `2 examples`, `no example`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  if (count === 0) return `no ${one}`;
  return `${count} ${count === 1 ? one : many}`;
}

/**
 * Markdown out of a document, for a hover: emphasis and lists stay, but nothing is fetched and no HTML runs.
 */
export function harmless(markdown: string): string {
  return safeText(markdown).replaceAll('<', '\\<').replaceAll('![', '!\\[');
}

const MEANINGS: Readonly<Record<string, string>> = {
  root: 'It stands in the spec alone: no message changes it, whoever sends it.',
  platform: 'Only the provider changes it; developers and users cannot.',
  system: 'The spec and system messages set it; developers and users cannot change it.',
  developer:
    'It holds until a developer, or somebody above, says otherwise; users cannot change it.',
  user: 'It holds until the user, or somebody above, says otherwise.',
  guideline: 'A habit: it gives way to what somebody asks for, and to what the context implies.',
  objective: 'A broad aim, which explains the other clauses.',
  rule: 'A limit that nobody lifts.',
  default: 'It holds until somebody entitled says otherwise.',
};

/** One line about each kind of clause. */
export const KIND_MEANINGS: Readonly<Record<Kind, string>> = {
  objective: 'a broad aim',
  rule: 'a hard constraint',
  default: 'a norm that holds until somebody entitled to changes it',
  definition: 'what a word means; it directs nothing by itself',
};

/** What a level is among the others, what it means, and how many clauses have it. */
export function levelMeaning(spec: Spec, level: Level): string {
  const names = spec.levels.map(({ name }) => name);
  const meaning =
    MEANINGS[level.name] ??
    (level.overridable
      ? 'Somebody below may change a clause of this level.'
      : 'Nobody below may change a clause of this level.');
  const count = spec.sections.filter((section) => section.level === level.name).length;
  return [
    `Level ${level.rank + 1} of ${names.length}: ${names.map((name) => (name === level.name ? `**${name}**` : name)).join(' > ')}`,
    meaning,
    `Its clauses are ${level.overridable ? 'defaults' : 'rules'} unless they say another kind; ${counted(count, 'section')} here ${count === 1 ? 'has' : 'have'} it.`,
  ].join('\n\n');
}

/** A section's level or kind in a word or two: `root`, `definition`, or nothing. */
export function standing(section: Section): string {
  return section.level ?? section.kind ?? '';
}
