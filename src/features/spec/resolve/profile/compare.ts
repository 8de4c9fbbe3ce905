/** @module features/spec/resolve/profile/compare What differs between two deployments of one spec, clause by clause. */
import { findSection } from '../../../../spec/locate.ts';
import { present } from '../../../../spec/present.ts';
import { levelOf } from '../../../../spec/semantics/level-of.ts';
import type { AppliedProfile } from './apply-profile.ts';
import type { ClauseStanding, ProfileChange, ProfileDifference } from './effective-schema.ts';
import type { Profile } from './schema.ts';

/** Compares two profiles by what each makes of the spec. */
export function compareProfiles(first: AppliedProfile, second: AppliedProfile): ProfileDifference {
  const [ours, theirs] = [changesOf(first), changesOf(second)];
  const clauses = [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((id) => {
    const one = standing(first, id, ours.get(id));
    const other = standing(second, id, theirs.get(id));
    const isSame =
      one.state === other.state && one.text === other.text && one.level === other.level;
    if (isSame) return [];
    const title = (ours.get(id) ?? theirs.get(id))?.title ?? id;
    return [{ id, title, first: one, second: other }];
  });
  return { fields: fieldsOf(first.profile, second.profile), clauses };
}

function changesOf({ effective }: AppliedProfile): Map<string, ProfileChange> {
  return new Map(effective.changes.map((change) => [change.id, change]));
}

const STATES = {
  set: 'set',
  narrow: 'narrowed',
  disable: 'disabled',
  add: 'added',
  inapplicable: 'inapplicable',
} as const;

function standing(
  { profile, effective }: AppliedProfile,
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
    ...present({ setting: change?.setting }),
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
