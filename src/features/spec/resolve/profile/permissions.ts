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
import { faultText, type ProfileFault, type ProfileProblem, type ProfileRule } from './messages.ts';
import type { Profile, ProfileEntry, ProfilePlace } from './schema.ts';

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
    const mismatch = (field: string, fault: ProfileFault): void => {
      this.isForThisSpec = false;
      this.#report('right-spec', null, this.#place(field), fault);
    };
    const { file } = spec;
    if (id !== spec.id) {
      mismatch('spec.id', { code: 'other-spec', data: { file, wanted: id, found: spec.id } });
    } else if (version !== null && version !== spec.version) {
      const data = { file, id, wanted: version, found: spec.version };
      mismatch('spec.version', { code: 'other-version', data });
    } else if (sha256 !== null && sha256 !== spec.sha256) {
      const data = { file, wanted: sha256, found: spec.sha256 };
      mismatch('spec.sha256', { code: 'other-text', data });
    }
  }

  /** The author must have a voice in the conversation, above the user's. */
  author(): void {
    const rank = this.#rankOf(this.#profile.by);
    if (rank !== null) return;
    this.isForThisSpec = false;
    const data = { by: this.#profile.by, authors: this.#authors() };
    this.#report('author-speaks', null, this.#place('by'), { code: 'no-author', data });
  }

  /** Those entries that break no rule. */
  entries(): ProfileEntry[] {
    const first = new Map<string, ProfileEntry>();
    return this.#profile.entries.filter((entry) => {
      const earlier = first.get(entry.id);
      if (earlier !== undefined) {
        const { action, place } = earlier;
        const data = { clause: entry.id, action, line: place.line };
        this.#report('one-entry', entry.id, entry.place, { code: 'second-entry', data });
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
      const data = { clause: entry.id, own: this.#profile.by, by: entry.by };
      const place = entry.places.by ?? entry.place;
      this.#report('own-authority', entry.id, place, { code: 'claims-authority', data });
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
    const { id, place } = entry;
    const near = suggestIds(this.#spec, id);
    this.#report(
      'known-clause',
      id,
      place,
      section === undefined
        ? { code: 'unknown-clause', data: { clause: id, spec: this.#spec.id, near } }
        : { code: 'no-clause', data: { clause: id } },
    );
    return false;
  }

  #mayChange(
    entry: ProfileEntry,
    section: Section,
    level: AuthorityLevel | undefined,
    rank: number,
  ): boolean {
    const { id, by, action, place } = entry;
    const refused = { clause: id, action, by };
    const how = section.override?.how ?? level?.override;
    if (how === 'never') {
      const data = { ...refused, level: level?.name ?? null };
      this.#report('fixed', id, place, { code: 'fixed', data });
      return false;
    }
    const named = (section.override?.by ?? []).flatMap((name) => this.#levelRank(name));
    if (rank <= Math.max(level?.rank ?? -1, ...named)) return true;
    if (level === undefined) {
      this.#report('no-level', id, place, { code: 'without-level', data: refused });
      return false;
    }
    const data = { ...refused, level: level.name };
    this.#report('above-author', id, place, { code: 'above-author', data });
    return false;
  }

  /** Whether the entry's author may give a clause this level. */
  #mayGive(entry: ProfileEntry, name: string, rank: number): boolean {
    const level = levelNamed(this.#authority, name);
    const place = entry.places.level ?? entry.place;
    if (level === undefined || !level.fromSpec) {
      const levels = this.#spec.levels.map((one) => one.name);
      const data = { clause: entry.id, level: name, levels };
      this.#report('level-above-author', entry.id, place, { code: 'no-such-level', data });
      return false;
    }
    if (level.rank >= rank && level.override !== 'never') return true;
    const data = { clause: entry.id, level: name, by: entry.by };
    this.#report('level-above-author', entry.id, place, { code: 'level-too-high', data });
    return false;
  }

  #addition(entry: ProfileEntry & { action: 'add' }, rank: number): boolean {
    if (findSection(this.#spec, entry.id) !== undefined) {
      const data = { clause: entry.id };
      this.#report('new-id', entry.id, entry.place, { code: 'id-taken', data });
      return false;
    }
    if (!this.#mayGive(entry, entry.level, rank)) return false;
    const { under } = entry;
    if (under === undefined) return true;
    const place = entry.places.under ?? entry.place;
    if (this.#isCyclic(entry.id)) {
      const data = { clause: entry.id, under };
      this.#report('no-cycle', entry.id, place, { code: 'below-itself', data });
      return false;
    }
    if (this.#added.has(under) || findSection(this.#spec, under) !== undefined) return true;
    const data = { clause: entry.id, under, near: suggestIds(this.#spec, under) };
    this.#report('known-clause', entry.id, place, { code: 'no-section', data });
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

  #report(
    rule: ProfileRule,
    clause: string | null,
    { line, column }: ProfilePlace,
    fault: ProfileFault,
  ): void {
    const { file } = this.#profile;
    const message = faultText(fault);
    this.problems.push({ file, line, column, ...fault, message, clause, rule });
  }
}
