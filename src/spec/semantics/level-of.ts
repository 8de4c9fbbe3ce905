/**
 * @module spec/semantics/level-of
 * The level of authority that a clause has: its own, or that of a chapter above it. A chapter passes on the
 * levels that the document itself puts in an order of priorities (essays do, and keep it in every form); other
 * levels are written with the clause that has them, as in the Model Spec. Whatever decides on authority asks here; statistics and lint count what is written.
 */

import { findSection } from '../locate.ts';
import type { Section, Spec } from '../types.ts';

/** A level that a section above gives, and which one does. */
export interface InheritedLevel {
  level: string;
  from: string;
}

/** The level that a section has, by its own words or by inheritance; null without any. */
export function levelOf(spec: Spec, section: Section): string | null {
  return section.level ?? inheritedLevelOf(spec, section)?.level ?? null;
}

/** That of the nearest section above that has one, where the section has none itself and that one is passed on. */
export function inheritedLevelOf(spec: Spec, section: Section): InheritedLevel | null {
  const passedOn = spec.priority?.order ?? [];
  if (section.level !== null || passedOn.length === 0) return null;
  let { parent } = section;
  while (parent !== null) {
    const above = findSection(spec, parent);
    if (above === undefined) return null;
    const { id, level } = above;
    if (level !== null) return passedOn.includes(level) ? { level, from: id } : null;
    parent = above.parent;
  }
  return null;
}
