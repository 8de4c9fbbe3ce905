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

/** The rule that each fault breaks. */
const BROKEN = {
  'other-spec': 'right-spec',
  'other-version': 'right-spec',
  'other-text': 'right-spec',
  'no-author': 'author-speaks',
  'second-entry': 'one-entry',
  'claims-authority': 'own-authority',
  'unknown-clause': 'known-clause',
  'no-clause': 'known-clause',
  fixed: 'fixed',
  'without-level': 'no-level',
  'above-author': 'above-author',
  'no-such-level': 'level-above-author',
  'level-too-high': 'level-above-author',
  'id-taken': 'new-id',
  'below-itself': 'no-cycle',
  'no-section': 'known-clause',
} as const satisfies Partial<Record<ProfileFault['code'], ProfileRule>>;

/** What breaks a rule, about the profile as a whole or about a clause. */
type Broken = Extract<ProfileFault, { code: keyof typeof BROKEN }>;

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
    const { file } = spec;
    if (id !== spec.id) {
      const data = { file, wanted: id, found: spec.id };
      this.#refuseAll('spec.id', { code: 'other-spec', data });
    } else if (version !== null && version !== spec.version) {
      const data = { file, id, wanted: version, found: spec.version };
      this.#refuseAll('spec.version', { code: 'other-version', data });
    } else if (sha256 !== null && sha256 !== spec.sha256) {
      const data = { file, wanted: sha256, found: spec.sha256 };
      this.#refuseAll('spec.sha256', { code: 'other-text', data });
    }
  }

  /** The author must have a voice in the conversation, above the user's. */
  author(): void {
    const { by } = this.#profile;
    if (this.#rankOf(by) !== null) return;
    this.#refuseAll('by', { code: 'no-author', data: { by, authors: this.#authors() } });
  }

  /** Those entries that break no rule. */
  entries(): ProfileEntry[] {
    const first = new Map<string, ProfileEntry>();
    return this.#profile.entries.filter((entry) => {
      const earlier = first.get(entry.id);
      if (earlier !== undefined) {
        const { action, place } = earlier;
        const data = { clause: entry.id, action, line: place.line };
        return this.#refuse(entry, 'id', { code: 'second-entry', data });
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
      return this.#refuse(entry, 'by', { code: 'claims-authority', data });
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
    const { id: clause } = entry;
    if (section !== undefined) {
      return this.#refuse(entry, 'id', { code: 'no-clause', data: { clause } });
    }
    const data = { clause, spec: this.#spec.id, near: suggestIds(this.#spec, clause) };
    return this.#refuse(entry, 'id', { code: 'unknown-clause', data });
  }

  #mayChange(
    entry: ProfileEntry,
    section: Section,
    level: AuthorityLevel | undefined,
    rank: number,
  ): boolean {
    const { id, by, action } = entry;
    const refused = { clause: id, action, by };
    const how = section.override?.how ?? level?.override;
    if (how === 'never') {
      const data = { ...refused, level: level?.name ?? null };
      return this.#refuse(entry, 'id', { code: 'fixed', data });
    }
    // A clause that does not say who may change it names nobody.
    const named = (section.override?.by ?? []).flatMap((name) => this.#levelRank(name));
    const isOwn = level !== undefined && rank <= level.rank;
    if (isOwn || named.some((one) => rank <= one)) return true;
    if (level === undefined) {
      return this.#refuse(entry, 'id', { code: 'without-level', data: refused });
    }
    const data = { ...refused, level: level.name };
    return this.#refuse(entry, 'id', { code: 'above-author', data });
  }

  /** Whether the entry's author may give a clause this level. */
  #mayGive(entry: ProfileEntry, name: string, rank: number): boolean {
    const level = levelNamed(this.#authority, name);
    if (level === undefined || !level.fromSpec) {
      const levels = this.#spec.levels.map((one) => one.name);
      const data = { clause: entry.id, level: name, levels };
      return this.#refuse(entry, 'level', { code: 'no-such-level', data });
    }
    if (level.rank >= rank && level.override !== 'never') return true;
    const data = { clause: entry.id, level: name, by: entry.by };
    return this.#refuse(entry, 'level', { code: 'level-too-high', data });
  }

  #addition(entry: ProfileEntry & { action: 'add' }, rank: number): boolean {
    if (findSection(this.#spec, entry.id) !== undefined) {
      return this.#refuse(entry, 'id', { code: 'id-taken', data: { clause: entry.id } });
    }
    if (!this.#mayGive(entry, entry.level, rank)) return false;
    const { under } = entry;
    if (under === undefined) return true;
    if (this.#isCyclic(entry.id)) {
      const data = { clause: entry.id, under };
      return this.#refuse(entry, 'under', { code: 'below-itself', data });
    }
    if (this.#added.has(under) || findSection(this.#spec, under) !== undefined) return true;
    const data = { clause: entry.id, under, near: suggestIds(this.#spec, under) };
    return this.#refuse(entry, 'under', { code: 'no-section', data });
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

  /** Nothing of the profile is done, because of one of its fields. */
  #refuseAll(field: string, fault: Broken): void {
    this.isForThisSpec = false;
    this.#report(null, this.#profile.places[field] ?? { line: 1, column: 1 }, fault);
  }

  /** Reports what is wrong with an entry, at a field of it where that is written. It is not permitted. */
  #refuse({ id, place, places }: ProfileEntry, field: string, fault: Broken): false {
    this.#report(id, places[field] ?? place, fault);
    return false;
  }

  #report(clause: string | null, { line, column }: ProfilePlace, fault: Broken): void {
    const { file } = this.#profile;
    const message = faultText(fault);
    const rule = BROKEN[fault.code];
    this.problems.push({ file, line, column, ...fault, message, clause, rule });
  }
}
