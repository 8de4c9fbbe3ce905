/**
 * @module spec/authority
 * One order of authority for the clauses of a spec and the messages of a conversation, whatever its levels
 * are called and however many there are.
 */

import type { Spec } from './types.ts';

/** How clauses of a level give way: to nobody, to words that say so, or to context as well. */
export type OverrideRule = 'never' | 'explicit' | 'implicit';

/** A step of authority that clauses, messages or both have. */
export interface AuthorityLevel {
  name: string;
  /** 0 is the highest. */
  rank: number;
  /** The roles whose messages have this level. */
  roles: string[];
  /** False for a level that only messages have. */
  fromSpec: boolean;
  override: OverrideRule;
}

/** The order of authority for one spec. */
export interface Authority {
  levels: AuthorityLevel[];
  /** The level of each role; null for roles without authority. */
  roles: Record<string, string | null>;
  /** `holistic`: higher levels weigh more and do not simply win. */
  mode: 'strict' | 'holistic';
}

/**
 * Roles of messages, highest first, and the names that specs give to their level. The first name that a spec
 * has counts; a role that finds none gets a level of its own.
 */
const SPEAKERS: readonly { role: string; alias: string; levels: readonly string[] }[] = [
  { role: 'system', alias: 'platform', levels: ['system', 'platform', 'provider'] },
  { role: 'developer', alias: 'operator', levels: ['developer', 'operator', 'deployer'] },
  { role: 'user', alias: 'end_user', levels: ['user', 'end_user'] },
];

/** Roles whose messages only inform. */
const SILENT_ROLES: readonly string[] = ['assistant', 'tool', 'function', 'untrusted'];

/** Levels that stand below every message, so that any of them may change what they say. */
const WEAKEST: ReadonlySet<string> = new Set(['guideline', 'default']);

/** Roles that a conversation may use without saying what their level is. */
export const KNOWN_ROLES: readonly string[] = [
  ...SPEAKERS.flatMap(({ role, alias }) => [role, alias]),
  ...SILENT_ROLES,
];

/**
 * The order of authority for a spec. The levels are the spec's, in its order; roles that find no level there
 * get one between the spec's own. `roles` (role → level, or null) wins over the usual mapping.
 */
export function authorityOf(
  spec: Spec,
  roles: Readonly<Record<string, string | null>> = {},
): Authority {
  const names = spec.levels.map(({ name }) => name);
  const mapping = new Map<string, string | null>(SILENT_ROLES.map((role) => [role, null]));
  for (const { role, alias, level } of placeSpeakers(names)) {
    mapping.set(role, level);
    mapping.set(alias, level);
  }
  for (const [role, level] of Object.entries(roles)) {
    mapping.set(role, level === null || names.includes(level) ? level : null);
  }
  // A level that was only put in for a role is not needed once the role has another.
  const written = new Map(spec.levels.map((level) => [level.name, level]));
  const spoken = new Set(mapping.values());
  const needed = names.filter((name) => written.has(name) || spoken.has(name));
  const lowestSpeaking = needed.findLastIndex((name) => spoken.has(name));
  const levels = needed.map((name, rank): AuthorityLevel => {
    const level = written.get(name);
    const speaking = [...mapping].filter(([, own]) => own === name).map(([role]) => role);
    return {
      name,
      rank,
      roles: speaking,
      fromSpec: level !== undefined,
      override: overrideOf(level?.overridable ?? true, rank, speaking.length > 0, lowestSpeaking),
    };
  });
  return { levels, roles: Object.fromEntries(mapping), mode: spec.priority?.mode ?? 'strict' };
}

/** Puts the levels of roles into `names` where they are missing; gives each role's level. */
function placeSpeakers(names: string[]): { role: string; alias: string; level: string }[] {
  const placed = SPEAKERS.map(({ role, alias, levels }) => ({
    role,
    alias,
    level: levels.find((name) => names.includes(name)),
  }));
  return placed.map((speaker, index) => {
    if (speaker.level === undefined) {
      // Those before it are placed already.
      const above = placed[index - 1]?.level;
      const below = placed.slice(index + 1).find(({ level }) => level !== undefined)?.level;
      const weakest = names.findIndex((name) => WEAKEST.has(name));
      let at = weakest === -1 ? names.length : weakest;
      if (above !== undefined) at = names.indexOf(above) + 1;
      else if (below !== undefined) at = names.indexOf(below);
      names.splice(at, 0, speaker.role);
    }
    speaker.level ??= speaker.role;
    return { ...speaker, level: speaker.level };
  });
}

/**
 * The top of the order gives way to nobody, and neither does a fixed level that nobody speaks with; what
 * stands below all messages gives way to context; the rest gives way to words of its own level or a higher one.
 */
function overrideOf(
  overridable: boolean,
  rank: number,
  isSpoken: boolean,
  lowestSpeaking: number,
): OverrideRule {
  if (!overridable && (rank === 0 || !isSpoken)) return 'never';
  return rank > lowestSpeaking ? 'implicit' : 'explicit';
}

/** The lowest level that a role speaks with. */
export function lowestSpeaking({ levels }: Authority): AuthorityLevel | undefined {
  return levels.findLast(({ roles }) => roles.length > 0);
}

/** The level of a name, or undefined. */
export function levelNamed(authority: Authority, name: string | null): AuthorityLevel | undefined {
  return authority.levels.find((level) => level.name === name);
}
