/**
 * @module features/spec/resolve/profile/permissions
 * What the levels of authority let a profile do, checked before anything is changed.
 */

import {
  type Authority,
  type AuthorityLevel,
  authorityOf,
  levelNamed,
} from '../../../../spec/authority.ts';
import { findSection, suggestIds } from '../../../../spec/locate.ts';
import { levelOf } from '../../../../spec/semantics/level-of.ts';
import type { Section, Spec } from '../../../../spec/types.ts';
import type { Profile, ProfileEntry, ProfilePlace, ProfileProblem } from './schema.ts';

/** The rules that a profile can break, by the names that problems use. */
export const PROFILE_RULES = {
  'right-spec': 'A profile is for one spec, and where it says so for one version and one text.',
  'author-speaks': 'The author of a profile has a level that messages have, above the lowest.',
  'own-authority': 'No entry claims more authority than the profile’s author has.',
  'one-entry': 'A profile has one entry for a clause.',
  'known-clause': 'An entry is about a clause that the spec has.',
  'new-id': 'A clause that is added has an id of its own.',
  fixed: 'A clause of a fixed level is neither changed nor disabled. It may be narrowed.',
  'above-author': 'A clause is changed or disabled by its own level or a higher one.',
  'no-level':
    'A clause without a level is neither changed nor disabled, unless it says itself who may. It may be narrowed.',
  'level-above-author': 'No clause gets a level above its author’s, or a fixed one.',
  'no-cycle': 'A clause does not stand below itself.',
  'plain-text':
    'The text of an entry opens no heading and no conversation, and closes what it opens.',
} as const;

type ProfileRule = keyof typeof PROFILE_RULES;

/** The entries that are permitted, and what is wrong with the others. */
export function checkProfile(
  spec: Spec,
  profile: Profile,
): { permitted: ProfileEntry[]; problems: ProfileProblem[] } {
  const check = new Check(spec, profile);
  check.target();
  check.author();
  const permitted = check.entries();
  return { permitted: check.isForThisSpec ? permitted : [], problems: check.problems };
}

class Check {
  readonly problems: ProfileProblem[] = [];
  isForThisSpec = true;
  readonly #spec: Spec;
  readonly #profile: Profile;
  readonly #authority: Authority;
  readonly #added: Map<string, ProfileEntry>;

  constructor(spec: Spec, profile: Profile) {
    this.#spec = spec;
    this.#profile = profile;
    this.#authority = authorityOf(spec);
    this.#added = new Map(
      profile.entries.filter(({ action }) => action === 'add').map((entry) => [entry.id, entry]),
    );
  }

  /** The profile must be for this spec. */
  target(): void {
    const { id, version, sha256 } = this.#profile.spec;
    const spec = this.#spec;
    const mismatch = (field: string, wanted: string, has: string): void => {
      this.isForThisSpec = false;
      const message = `This profile is for ${wanted}, and the spec ${spec.file} is ${has}. Review the profile against it, then change ${field}.`;
      this.#report('right-spec', null, this.#place(field), message);
    };
    if (id !== spec.id) mismatch('spec.id', id, spec.id);
    else if (version !== null && version !== spec.version) {
      mismatch('spec.version', `${id}@${version}`, `${spec.id}@${spec.version ?? '(no version)'}`);
    } else if (sha256 !== null && sha256 !== spec.sha256) {
      mismatch('spec.sha256', `a text of sha256 ${sha256}`, `one of sha256 ${spec.sha256}`);
    }
  }

  /** The author must have a voice in the conversation, above the user's. */
  author(): void {
    const rank = this.#rankOf(this.#profile.by);
    if (rank !== null) return;
    this.isForThisSpec = false;
    const message = `"${this.#profile.by}" is no author of profiles. Expected ${this.#authors().join(' or ')}.`;
    this.#report('author-speaks', null, this.#place('by'), message);
  }

  /** Those entries that break no rule. */
  entries(): ProfileEntry[] {
    const first = new Map<string, ProfileEntry>();
    return this.#profile.entries.filter((entry) => {
      const earlier = first.get(entry.id);
      if (earlier !== undefined) {
        const message = `#${entry.id} has an entry under ${earlier.action} in line ${earlier.place.line} already. Keep one of them.`;
        this.#report('one-entry', entry.id, entry.place, message);
        return false;
      }
      first.set(entry.id, entry);
      return this.#entry(entry);
    });
  }

  #entry(entry: ProfileEntry): boolean {
    const rank = this.#rankOf(entry.by);
    const own = this.#rankOf(this.#profile.by);
    if (rank === null || (own !== null && rank < own)) {
      const message = `#${entry.id}: the profile speaks with the level ${this.#profile.by}, and this entry claims ${entry.by}.`;
      this.#report('own-authority', entry.id, entry.places.by ?? entry.place, message);
      return false;
    }
    if (entry.action === 'add') return this.#addition(entry, rank);
    const section = findSection(this.#spec, entry.id);
    if (section === undefined || !section.isClause) return this.#unknown(entry, section);
    if (entry.action === 'narrow') return true;
    const level = levelNamed(this.#authority, levelOf(this.#spec, section));
    if (!this.#mayChange(entry, section, level, rank)) return false;
    const wanted = entry.action === 'set' ? entry.level : undefined;
    return wanted === undefined || this.#mayGive(entry, wanted, rank);
  }

  #unknown(entry: ProfileEntry, section: Section | undefined): boolean {
    if (section !== undefined) {
      const message = `#${entry.id} is a section that directs nothing itself. Name a clause below it.`;
      this.#report('known-clause', entry.id, entry.place, message);
      return false;
    }
    const near = suggestIds(this.#spec, entry.id).map((id) => `#${id}`);
    const hint = near.length > 0 ? `Is it ${near.join(' or ')}?` : "'tenet spec show' lists them.";
    const message = `There is no clause #${entry.id} in ${this.#spec.id}. ${hint}`;
    this.#report('known-clause', entry.id, entry.place, message);
    return false;
  }

  #mayChange(
    entry: ProfileEntry,
    section: Section,
    level: AuthorityLevel | undefined,
    rank: number,
  ): boolean {
    const verb = entry.action === 'disable' ? 'disabled' : 'set';
    const how = section.override?.how ?? level?.override;
    if (how === 'never') {
      const why = level === undefined ? 'says itself that' : `is of the level ${level.name}, which`;
      const message = `#${entry.id} ${why} nobody may change${level === undefined ? ' it' : ''}, so it can't be ${verb}. It may be narrowed.`;
      this.#report('fixed', entry.id, entry.place, message);
      return false;
    }
    const named = (section.override?.by ?? []).flatMap((name) => this.#levelRank(name));
    if (rank <= Math.max(level?.rank ?? -1, ...named)) return true;
    if (level === undefined) {
      const message = `#${entry.id} has no level, so nothing says that ${entry.by} may change it, and it can't be ${verb}. It may be narrowed.`;
      this.#report('no-level', entry.id, entry.place, message);
      return false;
    }
    const message = `#${entry.id} is of the level ${level.name}, above its author's, ${entry.by}, so it can't be ${verb}. It may be narrowed.`;
    this.#report('above-author', entry.id, entry.place, message);
    return false;
  }

  /** Whether the entry's author may give a clause this level. */
  #mayGive(entry: ProfileEntry, name: string, rank: number): boolean {
    const level = levelNamed(this.#authority, name);
    const place = entry.places.level ?? entry.place;
    if (level === undefined || !level.fromSpec) {
      const names = this.#spec.levels.map((one) => one.name).join(', ');
      const message = `#${entry.id}: "${name}" is no level of this spec. Expected one of ${names}.`;
      this.#report('level-above-author', entry.id, place, message);
      return false;
    }
    if (level.rank >= rank && level.override !== 'never') return true;
    const message = `#${entry.id}: ${entry.by} can't give a clause the level ${name}, which is above it.`;
    this.#report('level-above-author', entry.id, place, message);
    return false;
  }

  #addition(entry: ProfileEntry & { action: 'add' }, rank: number): boolean {
    if (findSection(this.#spec, entry.id) !== undefined) {
      const message = `#${entry.id} is a section of the spec already. Give the new clause another id.`;
      this.#report('new-id', entry.id, entry.place, message);
      return false;
    }
    if (!this.#mayGive(entry, entry.level, rank)) return false;
    const { under } = entry;
    if (under === undefined) return true;
    const place = entry.places.under ?? entry.place;
    if (this.#isCyclic(entry.id)) {
      const message = `#${entry.id} stands below #${under}, which stands below it.`;
      this.#report('no-cycle', entry.id, place, message);
      return false;
    }
    if (this.#added.has(under) || findSection(this.#spec, under) !== undefined) return true;
    const near = suggestIds(this.#spec, under).map((id) => `#${id}`);
    const hint = near.length > 0 ? ` Is it ${near.join(' or ')}?` : '';
    const message = `#${entry.id}: there is no section #${under} to put it under.${hint}`;
    this.#report('known-clause', entry.id, place, message);
    return false;
  }

  #isCyclic(id: string): boolean {
    const passed = new Set([id]);
    let at = this.#added.get(id);
    while (at?.action === 'add' && at.under !== undefined) {
      if (passed.has(at.under)) return true;
      passed.add(at.under);
      at = this.#added.get(at.under);
    }
    return false;
  }

  /** The rank of an author of profiles; null for a level that is none. */
  #rankOf(by: string): number | null {
    return this.#authors().includes(by) ? (this.#levelRank(by)[0] ?? null) : null;
  }

  /** Levels and roles that write profiles: all that speak but the lowest, whose word is no deployment's. */
  #authors(): string[] {
    const speaking = this.#authority.levels.filter(({ roles }) => roles.length > 0);
    const names = speaking.slice(0, -1).flatMap(({ name, roles }) => [name, ...roles]);
    return [...new Set(names)];
  }

  #levelRank(name: string): number[] {
    const level = levelNamed(this.#authority, this.#authority.roles[name] ?? name);
    return level === undefined ? [] : [level.rank];
  }

  #place(field: string): ProfilePlace {
    return this.#profile.places[field] ?? { line: 1, column: 1 };
  }

  #report(rule: ProfileRule, clause: string | null, place: ProfilePlace, message: string): void {
    const { line, column } = place;
    this.problems.push({ file: this.#profile.file, line, column, message, clause, rule });
  }
}
