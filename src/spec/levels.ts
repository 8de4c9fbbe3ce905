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

/** Every known word in one order, for documents that mix vocabularies, and whether such clauses may be overridden. */
const KNOWN: ReadonlyMap<string, boolean> = new Map([
  ['root', false],
  ['platform', false],
  ['system', false],
  ['objective', false],
  ['rule', false],
  ['default', true],
  ['developer', true],
  ['user', true],
  ['guideline', true],
]);

/** A level as a document's header declares it. */
export interface DeclaredLevel {
  name: string;
  /** Null where the header leaves it to what the name usually means. */
  overridable: boolean | null;
}

/** True for a word that some published spec uses as a level. */
export function isKnownLevel(word: string): boolean {
  return KNOWN.has(word);
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
    overridable: overridable.get(name) ?? KNOWN.get(name) ?? true,
  }));
}

function vocabularyOf(used: readonly string[]): readonly string[] {
  const known = new Set(used.filter(isKnownLevel));
  if (known.size === 0) return [];
  const vocabulary = VOCABULARIES.find((words) => [...known].every((word) => words.includes(word)));
  return vocabulary ?? [...KNOWN.keys()].filter((word) => known.has(word));
}
