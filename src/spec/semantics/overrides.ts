/**
 * @module spec/semantics/overrides
 * Who may change a clause, and how plainly: from what the document says, or from its level.
 */

import type { Override, Section, Spec } from '../types.ts';

/** Levels that only the spec itself speaks with; no message has them. */
const SPEC_ONLY: ReadonlySet<string> = new Set([
  'root',
  'guideline',
  'objective',
  'rule',
  'default',
]);
/** Levels whose clauses also give way to what the context suggests. */
const IMPLICIT: ReadonlySet<string> = new Set(['guideline']);

/** Who may change a clause of a level; null where neither the clause nor a level says so. */
export function overrideOf(
  spec: Spec,
  section: Section,
  levelName: string | null,
): Override | null {
  if (section.override !== undefined) return section.override;
  const level = spec.levels.find(({ name }) => name === levelName);
  if (level === undefined) return null;
  const isByMessages = spec.levels.some(({ name }) => !SPEC_ONLY.has(name));
  if (!level.overridable && (SPEC_ONLY.has(level.name) || level.rank === 0)) {
    return { how: 'never', by: [], default: null };
  }
  const entitled = isByMessages
    ? spec.levels.map(({ name }) => name)
    : (spec.priority?.order ?? []);
  const ranks = new Map(spec.levels.map(({ name, rank }) => [name, rank]));
  const by = entitled.filter(
    (name) => !SPEC_ONLY.has(name) && (ranks.get(name) ?? level.rank) <= level.rank,
  );
  // A level that no deployer may lift, such as system, gives way to its own kind only.
  return { how: IMPLICIT.has(level.name) ? 'implicit' : 'explicit', by, default: null };
}
