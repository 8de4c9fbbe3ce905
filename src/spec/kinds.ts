/**
 * @module spec/kinds
 * Decides which sections are clauses, and of what kind.
 */

import type { Block, Form, Kind, Level, Override } from './types.ts';
import { walkBlocks } from './walk.ts';

/** What a clause can be. */
export const KINDS = ['objective', 'rule', 'default', 'definition'] as const satisfies Kind[];

/** How a clause can judge. */
export const FORMS = ['absolute', 'comparative', 'ranking'] as const satisfies Form[];

/** How plainly a clause can be overridden. */
export const WAYS = ['never', 'explicit', 'implicit'] as const satisfies Override['how'][];

/** The word, where it is one of these. */
export function oneOf<const Word extends string>(
  words: readonly Word[],
  word: string,
): Word | undefined {
  return words.find((known) => known === word);
}

/**
 * Whether a section directs behaviour: it has a level, a kind other than definition, an example with
 * marked replies, or an eval tag.
 */
export function directsBehaviour(
  level: string | null,
  writtenKind: Kind | null,
  blocks: readonly Block[],
): boolean {
  if (level !== null) return true;
  if (writtenKind !== null) return writtenKind !== 'definition';
  return walkBlocks(blocks).some(
    (block) =>
      (block.type === 'paragraph' && block.inlines.some(({ type }) => type === 'eval-tag')) ||
      (block.type === 'example' && block.turns.some(({ type }) => type === 'comparison')),
  );
}

/**
 * The kind of a section: the written one, or a definition among definitions, or what its level says.
 * Null for a section that is no clause, and for a clause of which neither kind nor level is written.
 */
export function kindOf(
  level: Level | null,
  writtenKind: Kind | null,
  isDefinition: boolean,
): Kind | null {
  if (writtenKind !== null) return writtenKind;
  if (isDefinition) return 'definition';
  if (level === null) return null;
  return level.overridable ? 'default' : 'rule';
}

/** Whether a section is the list of definitions, by its id or title. */
export function isDefinitionList(id: string, title: string): boolean {
  return id.toLowerCase() === 'definitions' || title.toLowerCase() === 'definitions';
}
