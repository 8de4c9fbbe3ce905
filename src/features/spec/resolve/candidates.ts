/**
 * @module features/spec/resolve/candidates
 * Everything that wants to direct a reply: clauses, instructions, settings, and quoted text that so far may not.
 */

import {
  type Authority,
  type AuthorityLevel,
  levelNamed,
  lowestSpeaking,
} from '../../../spec/authority.ts';
import { putUnder } from '../../../spec/groups.ts';
import { locator } from '../../../spec/locate.ts';
import { type InheritedLevel, inheritedLevelOf } from '../../../spec/semantics/level-of.ts';
import type { Section, Spec } from '../../../spec/types.ts';
import { examplesOf } from '../../../spec/walk.ts';
import type { Reason } from './messages.ts';
import type { Profile } from './profile/schema.ts';
import type { Candidate, StepParts, Trace } from './trace.ts';
import type { ConversationMessage, Marker, Transcript } from './types.ts';

/** A clause that takes part. */
export interface ClauseCandidate extends Candidate {
  section: Section;
  override: AuthorityLevel['override'];
  /** Lowest rank that may change it. */
  changeableFrom: number;
}

/** An instruction, a message's own words or text that was lent authority. */
export interface InstructionCandidate extends Candidate {
  markers: Marker[];
}

/** Text without authority. */
export interface QuotedCandidate extends Candidate {
  message: ConversationMessage;
  /** Whole messages of tools may be lent authority by context; other quoted text only by words. */
  isTool: boolean;
}

export interface SettingCandidate extends Candidate {
  name: string;
  value: string;
}

/** All of them. */
export interface Candidates {
  clauses: ClauseCandidate[];
  instructions: InstructionCandidate[];
  quoted: QuotedCandidate[];
  settings: SettingCandidate[];
  /** Clauses that a setting of this name switches on. */
  conditional: Map<string, ClauseCandidate[]>;
}

/** What candidates are collected from, and into. */
interface Collecting {
  spec: Spec;
  authority: Authority;
  trace: Trace;
  found: Candidates;
}

/** Collects them and notes for each why it has its level. */
export function collect(
  spec: Spec,
  conversation: Transcript,
  authority: Authority,
  profile: Profile | null,
  trace: Trace,
): Candidates {
  const found: Candidates = {
    clauses: [],
    instructions: [],
    quoted: [],
    settings: [],
    conditional: new Map(),
  };
  const now = { spec, authority, trace, found };
  for (const section of spec.sections) if (section.isClause) addClause(now, section);
  if (profile !== null) addProfileSettings(now, profile);
  for (const [index, message] of conversation.messages.entries()) {
    addMessage(now, message, index, conversation.file);
  }
  const names = settingNames(spec, found.settings);
  for (const clause of found.clauses) {
    for (const tag of clause.section.tags) {
      if (names.has(tag)) putUnder(found.conditional, tag, clause);
    }
  }
  return found;
}

/** A tag is a condition where it is the name of a setting, in the spec's own examples or in this conversation. */
function settingNames(spec: Spec, settings: readonly SettingCandidate[]): Set<string> {
  const shown = spec.sections.flatMap(examplesOf).flatMap((one) => Object.keys(one.settings));
  return new Set([...settings.map(({ name }) => name), ...shown]);
}

/** A candidate before anything acts on it. */
export function blank(
  id: string,
  level: AuthorityLevel | undefined,
): Omit<Candidate, 'type' | 'text' | 'locator' | 'position'> {
  return {
    id,
    level: level?.name ?? null,
    rank: level?.rank ?? Number.POSITIVE_INFINITY,
    state: level === undefined ? 'no_authority' : 'in_force',
    steps: [],
    depends: [],
    delegatedBy: null,
  };
}

function addClause({ spec, authority, trace, found }: Collecting, section: Section): void {
  const inherited = inheritedLevelOf(spec, section);
  const level = levelNamed(authority, section.level ?? inherited?.level ?? null);
  const how = section.override?.how;
  // A clause that does not say who may change it names nobody.
  const named = (section.override?.by ?? []).flatMap((name) => {
    const own = levelNamed(authority, authority.roles[name] ?? name);
    return own === undefined ? [] : [own.rank];
  });
  const candidate: ClauseCandidate = {
    ...blank(`#${section.id}`, level),
    type: 'clause',
    text: section.title,
    locator: locator(spec, section.id),
    position: -2,
    section,
    override:
      level?.override === 'never' && named.length === 0
        ? 'never'
        : (how ?? level?.override ?? 'never'),
    changeableFrom: named.length > 0 ? Math.max(...named) : weakestThatMay(level, authority),
  };
  trace.add({
    rule: 'clause-level',
    from: 'spec',
    to: candidate,
    result: candidate.state,
    reason: levelReason(level, inherited),
    settledBy: 'text',
  });
  found.clauses.push(candidate);
}

function levelReason(level: AuthorityLevel | undefined, inherited: InheritedLevel | null): Reason {
  if (level === undefined) return { code: 'no-level', data: {} };
  if (inherited === null) return { code: 'own-level', data: { level: level.name } };
  return { code: 'inherited-level', data: { from: inherited.from, level: level.name } };
}

/** Those who speak at its level or above; where it stands below everybody, everybody. Nobody (-1) without a level. */
function weakestThatMay(level: AuthorityLevel | undefined, authority: Authority): number {
  const lowest = lowestSpeaking(authority);
  return level === undefined || lowest === undefined ? -1 : Math.min(level.rank, lowest.rank);
}

function addProfileSettings({ authority, trace, found }: Collecting, profile: Profile): void {
  const level = levelNamed(authority, authority.roles[profile.by] ?? profile.by);
  for (const [name, value] of Object.entries(profile.settings)) {
    const candidate = setting(`profile.${name}`, name, value, level, profile.file, -1);
    found.settings.push(candidate);
    trace.add({
      rule: 'profile',
      from: `profile ${profile.id}`,
      to: candidate,
      result: candidate.state,
      reason: { code: 'profile-level', data: { level: profile.by } },
      settledBy: 'text',
    });
  }
}

function setting(
  id: string,
  name: string,
  value: string,
  level: AuthorityLevel | undefined,
  place: string,
  position: number,
): SettingCandidate {
  return {
    ...blank(id, level),
    type: 'setting',
    text: `${name}: ${value}`,
    locator: place,
    position,
    name,
    value,
  };
}

function addMessage(
  { authority, trace, found }: Collecting,
  message: ConversationMessage,
  index: number,
  file: string,
): void {
  const level = levelNamed(authority, authority.roles[message.role] ?? null);
  const place = `${file}:${message.line}:${message.column} > message ${index + 1}`;
  const speaker = message.name === null ? message.role : `${message.role} ${message.name}`;
  const note = (to: Candidate, rule: StepParts['rule'], reason: Reason): void =>
    trace.add({ rule, from: speaker, to, result: to.state, reason, settledBy: 'text' });
  const quotedText = (id: string, text: string, isTool: boolean, reason: Reason): void => {
    const said = { text, locator: place, position: index, message, isTool };
    const own: QuotedCandidate = { ...blank(id, undefined), type: 'quoted', ...said };
    found.quoted.push(own);
    note(own, 'no-authority', reason);
  };
  if (level === undefined) {
    const isTool = message.role === 'tool' || message.role === 'function';
    const { id, text, role } = message;
    quotedText(id, text, isTool, { code: 'role-informs', data: { role } });
    return;
  }
  const data = { role: message.role, level: level.name };
  const speaks: Reason = { code: 'role-level', data };
  if (saysSomething(message.text)) {
    const { id, text, markers } = message;
    const said = { text, locator: place, position: index, markers };
    const own: InstructionCandidate = { ...blank(id, level), type: 'instruction', ...said };
    found.instructions.push(own);
    note(own, 'role-level', speaks);
  }
  for (const [name, value] of Object.entries(message.settings)) {
    const own = setting(`${message.id}.${name}`, name, value, level, place, index);
    found.settings.push(own);
    note(own, 'role-level', speaks);
  }
  for (const { id, form, text } of message.quoted) {
    quotedText(id, text, false, { code: 'set-apart', data: { form } });
  }
}

/** Whether anything is left of a message beside what it quotes. */
function saysSomething(text: string): boolean {
  return text.replaceAll(/\[m\d+\.q\d+\]/g, '').trim() !== '';
}
