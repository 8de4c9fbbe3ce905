/** @module features/spec/lint/standing How firmly a clause stands among the levels of its spec. */
import type { Level } from '../../../spec/types.ts';

/**
 * How firmly a clause stands, whatever its levels are called: `fixed` may be overridden by nobody below,
 * `default` by somebody, `weakest` is the lowest of several such levels, `none` has no level.
 */
export type Standing = 'fixed' | 'default' | 'weakest' | 'none';

/** The standing of every level of a spec, by name. */
export function standingsOf(levels: readonly Level[]): ReadonlyMap<string | null, Standing> {
  const overridable = levels.filter((level) => level.overridable);
  const lowest =
    overridable.length > 1 ? overridable.reduce((a, b) => (a.rank > b.rank ? a : b)) : null;
  return new Map(
    levels.map((level) => {
      const standing = level === lowest ? 'weakest' : level.overridable ? 'default' : 'fixed';
      return [level.name, standing];
    }),
  );
}
