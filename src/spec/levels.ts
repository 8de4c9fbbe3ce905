/**
 * @module spec/levels
 * Levels of authority as data: which ones a document uses and in which order.
 */

import type { Level } from './types.ts';

/** Orders of levels that published specs use, highest first. */
const VOCABULARIES: readonly (readonly string[])[] = [
  ['root', 'system', 'developer', 'user', 'guideline'],
  ['platform', 'developer', 'user', 'guideline'],
  ['objective', 'rule', 'default'],
];

/** Every known word in one order, for documents that mix vocabularies. */
const ALL_KNOWN: readonly string[] = [
  'root',
  'platform',
  'system',
  'objective',
  'rule',
  'default',
  'developer',
  'user',
  'guideline',
];

const NOT_OVERRIDABLE: ReadonlySet<string> = new Set([
  'root',
  'platform',
  'system',
  'objective',
  'rule',
]);

/** A level as a document's header declares it. */
export interface DeclaredLevel {
  name: string;
  /** Null where the header leaves it to what the name usually means. */
  overridable: boolean | null;
}

/** True for a word that some published spec uses as a level. */
export function isKnownLevel(word: string): boolean {
  return ALL_KNOWN.includes(word);
}

/**
 * The levels of a document, highest first.
 *
 * Declared levels come first and in their order. Without a declaration it is the vocabulary that has all
 * the known words in use, with its unused words. Words that are neither follow in order of appearance.
 * @param used the words in use, in order of appearance
 */
export function orderLevels(used: readonly string[], declared: readonly DeclaredLevel[]): Level[] {
  const overridable = new Map(declared.map((level) => [level.name, level.overridable]));
  const names = new Set(declared.length > 0 ? overridable.keys() : vocabularyOf(used));
  for (const word of used) names.add(word);
  return [...names].map((name, rank) => ({
    name,
    rank,
    overridable: overridable.get(name) ?? !NOT_OVERRIDABLE.has(name),
  }));
}

function vocabularyOf(used: readonly string[]): readonly string[] {
  const known = new Set(used.filter(isKnownLevel));
  if (known.size === 0) return [];
  const vocabulary = VOCABULARIES.find((words) => [...known].every((word) => words.includes(word)));
  return vocabulary ?? ALL_KNOWN.filter((word) => known.has(word));
}
