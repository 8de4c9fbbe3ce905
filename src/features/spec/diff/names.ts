/**
 * @module features/spec/diff/names
 * An older text in the names of the newer version, so that a level or clause that is only called otherwise
 * changes no sentence that speaks of it.
 */
import { capital } from '../../../text/capital.ts';
import type { LevelChanges, Rename } from './schema.ts';

/** Replaces names of renamed levels, where they stand as words, and ids of renamed clauses in references. */
export function translator(
  levels: LevelChanges,
  renamed: readonly Rename[],
): (text: string) => string {
  const names = new Map(levels.renamed.map(({ from, to }) => [from.toLowerCase(), to]));
  const ids = new Map(renamed.map(({ from, to }) => [from, to]));
  if (names.size === 0 && ids.size === 0) return (text) => text;
  return (text) =>
    text
      .replaceAll(/\]\(#([^()\s]+)\)/g, (whole, id: string) =>
        ids.has(id) ? `](#${ids.get(id)})` : whole,
      )
      .replaceAll(/(?<![\w#])[\p{L}\p{N}_]+(?!\w)/gu, (word) => {
        const name = names.get(word.toLowerCase());
        if (name === undefined) return word;
        const isCapital = word.charAt(0) !== word.charAt(0).toLowerCase();
        return isCapital ? capital(name) : name;
      });
}
