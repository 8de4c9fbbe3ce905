/**
 * @module features/spec/diff/levels
 * Levels of two versions mapped onto each other as a whole: a level that is only called otherwise now, apart
 * from clauses that were put on another rank.
 */
import { itemsUnder } from '../../../spec/groups.ts';
import type { Level } from '../../../spec/types.ts';
import type { LevelChanges } from './schema.ts';

export interface LevelMap {
  changes: LevelChanges;
  /** How a clause came from one level to another; null where nothing changed. */
  kindOf(from: string | null, to: string | null): 'vocabulary' | 'rank' | null;
}

/**
 * A level was renamed where its name is gone, the name that took its place is new, most of its clauses
 * went there, and both stand in the same order with the levels that stayed.
 * @param moves the levels of every section that both versions have
 */
export function mapLevels(
  older: readonly Level[],
  newer: readonly Level[],
  moves: readonly { from: string | null; to: string | null }[],
): LevelMap {
  const olderByName = new Map(older.map((level) => [level.name, level]));
  const newerByName = new Map(newer.map((level) => [level.name, level]));
  const gone = older.filter(({ name }) => !newerByName.has(name));
  const come = newer.filter(({ name }) => !olderByName.has(name));
  const renames = new Map<string, string>();

  const stayed = (from: Level, to: Level): boolean =>
    older.every((other) => {
      const partner = newerByName.get(renames.get(other.name) ?? other.name);
      if (partner === undefined || other.name === from.name) return true;
      return Math.sign(other.rank - from.rank) === Math.sign(partner.rank - to.rank);
    });

  for (const candidate of candidates(gone, come, moves)) {
    const { from, to } = candidate;
    const isTaken = renames.has(from.name) || [...renames.values()].includes(to.name);
    if (!isTaken && stayed(from, to)) renames.set(from.name, to.name);
  }

  const common = older.flatMap((level) => {
    const partner = newerByName.get(renames.get(level.name) ?? level.name);
    return partner === undefined ? [] : [{ level, partner }];
  });
  const renamedTo = new Set(renames.values());
  const changes: LevelChanges = {
    renamed: [...renames].map(([from, to]) => ({ from, to })),
    added: come.map(({ name }) => name).filter((name) => !renamedTo.has(name)),
    removed: gone.map(({ name }) => name).filter((name) => !renames.has(name)),
    reordered: common
      .filter(({ level, partner }) =>
        common.some(
          (other) =>
            Math.sign(other.level.rank - level.rank) !==
            Math.sign(other.partner.rank - partner.rank),
        ),
      )
      .map(({ partner }) => partner.name),
    overridable: common
      .filter(({ level, partner }) => level.overridable !== partner.overridable)
      .map(({ level, partner }) => ({
        name: partner.name,
        from: level.overridable,
        to: partner.overridable,
      })),
  };
  return {
    changes,
    kindOf: (from, to) => {
      if (from === to) return null;
      return from !== null && renames.get(from) === to ? 'vocabulary' : 'rank';
    },
  };
}

/** Where the clauses of a level that is gone went, most clauses first; by rank where there are none. */
function candidates(
  gone: readonly Level[],
  come: readonly Level[],
  moves: readonly { from: string | null; to: string | null }[],
): { from: Level; to: Level }[] {
  const byLevel = Map.groupBy(moves, ({ from }) => from);
  const found = gone.flatMap((from) => {
    const left = itemsUnder(byLevel, from.name);
    return come.map((to) => ({
      from,
      to,
      count: left.filter((move) => move.to === to.name).length,
      total: left.length,
      distance: Math.abs(from.rank - to.rank),
    }));
  });
  return found
    .filter(({ count, total, distance }) => (total === 0 ? distance === 0 : count * 2 > total))
    .sort((a, b) => b.count - a.count || a.distance - b.distance || a.to.rank - b.to.rank);
}
