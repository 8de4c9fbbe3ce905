/** @module features/spec/resolve/profile/compare What differs between two deployments of one spec, clause by clause. */
import { findSection } from '../../../../spec/locate.ts';
import { levelOf } from '../../../../spec/semantics/level-of.ts';
import type { EffectiveSpec, ProfileChange } from './effective.ts';
import type { Profile } from './schema.ts';

/** How a clause stands in a deployment. */
export interface ClauseStanding {
  /** `as_written` where the profile leaves it alone; `absent` where the spec that applies has none. */
  state: 'as_written' | 'set' | 'narrowed' | 'disabled' | 'added' | 'inapplicable' | 'absent';
  level: string | null;
  by: string | null;
  reason: string | null;
  /** What the profile's entry says, where it says something. */
  text: string | null;
}

/** A clause that stands differently in two deployments. */
export interface ClauseDifference {
  id: string;
  title: string;
  first: ClauseStanding;
  second: ClauseStanding;
}

/** All that differs between two deployments. */
export interface ProfileDifference {
  /** Fields of the deployment itself: operator, locale, audience, `settings.under_18`. */
  fields: { name: string; first: string | null; second: string | null }[];
  clauses: ClauseDifference[];
}

/** Compares two profiles by what each makes of the spec. */
export function compareProfiles(
  first: { profile: Profile; effective: EffectiveSpec },
  second: { profile: Profile; effective: EffectiveSpec },
): ProfileDifference {
  const changes = [first, second].map(
    ({ effective }) => new Map(effective.changes.map((change) => [change.id, change])),
  );
  const ids = new Set([...(changes[0]?.keys() ?? []), ...(changes[1]?.keys() ?? [])]);
  const clauses = [...ids].flatMap((id): ClauseDifference[] => {
    const one = standing(first, id, changes[0]?.get(id));
    const other = standing(second, id, changes[1]?.get(id));
    const isSame =
      one.state === other.state && one.text === other.text && one.level === other.level;
    if (isSame) return [];
    const title = (changes[0]?.get(id) ?? changes[1]?.get(id))?.title ?? id;
    return [{ id, title, first: one, second: other }];
  });
  return { fields: fieldsOf(first.profile, second.profile), clauses };
}

const STATES = {
  set: 'set',
  narrow: 'narrowed',
  disable: 'disabled',
  add: 'added',
  inapplicable: 'inapplicable',
} as const;

function standing(
  { profile, effective }: { profile: Profile; effective: EffectiveSpec },
  id: string,
  change: ProfileChange | undefined,
): ClauseStanding {
  const section = findSection(effective.spec, id);
  const entry = profile.entries.find((one) => one.id === id);
  const isClause = section?.isClause === true;
  const state = change === undefined ? (isClause ? 'as_written' : 'absent') : STATES[change.action];
  return {
    state,
    level: isClause ? levelOf(effective.spec, section) : null,
    by: change?.by ?? null,
    reason: change?.reason ?? null,
    text: entry !== undefined && 'text' in entry ? (entry.text ?? null) : null,
  };
}

function fieldsOf(first: Profile, second: Profile): ProfileDifference['fields'] {
  const all = (profile: Profile): Map<string, string | null> =>
    new Map([
      ['by', profile.by],
      ['operator', profile.operator],
      ['locale', profile.locale],
      ['audience', profile.audience],
      ...Object.entries(profile.settings).map(
        ([name, value]) => [`settings.${name}`, value] as const,
      ),
    ]);
  const one = all(first);
  const other = all(second);
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((name) => {
    const values = { first: one.get(name) ?? null, second: other.get(name) ?? null };
    return values.first === values.second ? [] : [{ name, ...values }];
  });
}
