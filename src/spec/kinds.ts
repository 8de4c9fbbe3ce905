/**
 * @module spec/kinds
 * Decides which sections are clauses, and of what kind.
 */

import type { Block, Kind, Level } from './types.ts';
import { walkBlocks } from './walk.ts';

const KINDS: ReadonlySet<string> = new Set(['objective', 'rule', 'default', 'definition']);

/** Whether a word is a kind of clause. */
export function isKind(word: string): word is Kind {
  return KINDS.has(word);
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
  for (const block of walkBlocks(blocks)) {
    if (block.type === 'paragraph' && block.inlines.some((inline) => inline.type === 'eval-tag')) {
      return true;
    }
    if (block.type === 'example' && block.turns.some((turn) => turn.type === 'comparison'))
      return true;
  }
  return false;
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
