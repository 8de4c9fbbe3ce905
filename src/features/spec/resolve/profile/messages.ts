/**
 * @module features/spec/resolve/profile/messages
 * What is said of deployment profiles: what is wrong with one, which rules it breaks, how a clause stands under it.
 */
import { problemsOf } from '../../../../app/errors.ts';
import { type FileProblem, saidOfAll } from '../../../../app/file-problem.ts';
import { type Coded, sentence } from '../../../../text/sentences.ts';
import type { ClauseStanding } from './effective-schema.ts';
import type { ProfileAction } from './schema.ts';

type Nothing = Record<string, never>;

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

/** The name of a rule. */
export type ProfileRule = keyof typeof PROFILE_RULES;

/** Something wrong with a profile, and where. */
export interface ProfileProblem extends FileProblem {
  /** The clause it is about, where it is about one. */
  clause: string | null;
  /** Which rule it breaks; null where the file is not as it should be. */
  rule: ProfileRule | null;
}

export const problem = problemsOf({
  // A line for each problem, then what the rules say that were broken.
  'wrong-profile': ({ problems }: { problems: readonly ProfileProblem[] }) => {
    const rules = [...new Set(problems.flatMap(({ rule }) => (rule === null ? [] : [rule])))];
    const lines = problems.map(({ rule, message, ...place }) => ({
      ...place,
      message: rule === null ? message : `${message} [${rule}]`,
    }));
    return saidOfAll(
      lines,
      rules.map((rule) => `  ${rule}: ${PROFILE_RULES[rule]}`),
    );
  },
});

const VERBS: Readonly<Record<ProfileAction, string>> = {
  set: 'set',
  narrow: 'narrowed',
  disable: 'disabled',
  add: 'added',
};

/** A change that is refused. */
type Refused = { clause: string; action: ProfileAction; by: string };

/** What can be wrong with a profile, by code. */
const FAULTS = {
  // The file
  'too-large': (_: Nothing) => 'A profile of over 1 MB is none.',
  'too-deep': (_: Nothing) => 'This is nested too deeply for a profile.',
  'key-twice': (_: Nothing) =>
    'This key stands in the same place twice. Two entries for one clause are one too many.',
  'no-yaml': ({ reason }: { reason: string }) => `This is no YAML: ${reason}.`,
  alias: (_: Nothing) => 'Aliases (*name) are not read. Write it out.',
  'unknown-key': ({ key, known, near }: { key: string; known: string[]; near: string | null }) =>
    `There is no key "${key}" here. ${near === null ? `Expected ${known.join(', ')}.` : `Is it ${near}?`}`,
  missing: ({ field }: { field: string }) => `${field || WHOLE} is missing.`,
  'wrong-field': ({ field, reason }: { field: string; reason: string }) =>
    field === ''
      ? `${WHOLE}: ${reason}. Expected keys such as profile, id, spec and by.`
      : `${field}: ${reason}.`,

  // What it is for, and whose it is
  'other-spec': (data: { file: string; wanted: string; found: string }) =>
    mismatch(data.file, data.wanted, data.found, 'spec.id'),
  'other-version': (data: { file: string; id: string; wanted: string; found: string | null }) =>
    mismatch(
      data.file,
      `${data.id}@${data.wanted}`,
      `${data.id}@${data.found ?? '(no version)'}`,
      'spec.version',
    ),
  'other-text': (data: { file: string; wanted: string; found: string }) =>
    mismatch(
      data.file,
      `a text of sha256 ${data.wanted}`,
      `one of sha256 ${data.found}`,
      'spec.sha256',
    ),
  'no-author': ({ by, authors }: { by: string; authors: string[] }) =>
    `"${by}" is no author of profiles. Expected ${authors.join(' or ')}.`,

  // An entry
  'second-entry': (data: { clause: string; action: ProfileAction; line: number }) =>
    `#${data.clause} has an entry under ${data.action} in line ${data.line} already. Keep one of them.`,
  'claims-authority': ({ clause, own, by }: { clause: string; own: string; by: string }) =>
    `#${clause}: the profile speaks with the level ${own}, and this entry claims ${by}.`,
  'no-clause': ({ clause }: { clause: string }) =>
    `#${clause} is a section that directs nothing itself. Name a clause below it.`,
  'unknown-clause': ({ clause, spec, near }: { clause: string; spec: string; near: string[] }) =>
    `There is no clause #${clause} in ${spec}. ${near.length > 0 ? isIt(near) : "'tenet spec show' lists them."}`,
  fixed: ({ clause, action, level }: Refused & { level: string | null }) => {
    const why = level === null ? 'says itself that' : `is of the level ${level}, which`;
    return `#${clause} ${why} nobody may change${level === null ? ' it' : ''}, so it can't be ${VERBS[action]}. It may be narrowed.`;
  },
  'without-level': ({ clause, action, by }: Refused) =>
    `#${clause} has no level, so nothing says that ${by} may change it, and it can't be ${VERBS[action]}. It may be narrowed.`,
  'above-author': ({ clause, action, by, level }: Refused & { level: string }) =>
    `#${clause} is of the level ${level}, above its author's, ${by}, so it can't be ${VERBS[action]}. It may be narrowed.`,
  'no-such-level': ({ clause, level, levels }: OfLevel & { levels: string[] }) =>
    `#${clause}: "${level}" is no level of this spec. Expected one of ${levels.join(', ')}.`,
  'level-too-high': ({ clause, level, by }: OfLevel & { by: string }) =>
    `#${clause}: ${by} can't give a clause the level ${level}, which is above it.`,
  'id-taken': ({ clause }: { clause: string }) =>
    `#${clause} is a section of the spec already. Give the new clause another id.`,
  'below-itself': ({ clause, under }: { clause: string; under: string }) =>
    `#${clause} stands below #${under}, which stands below it.`,
  'no-section': ({ clause, under, near }: { clause: string; under: string; near: string[] }) =>
    `#${clause}: there is no section #${under} to put it under.${near.length > 0 ? ` ${isIt(near)}` : ''}`,
  'not-plain': ({ clause }: { clause: string }) =>
    `#${clause}: this text holds a heading, an example or a fence that is never closed. Write paragraphs and lists.`,
  'no-place': ({ clause, dialect }: { clause: string; dialect: string }) =>
    `#${clause}: the spec would not read as it should with this change; its dialect, ${dialect}, may have no place for it. Convert it first with 'tenet spec convert --to tenet'.`,
};

type OfLevel = { clause: string; level: string };

const WHOLE = 'the profile';

function mismatch(file: string, wanted: string, found: string, field: string): string {
  return `This profile is for ${wanted}, and the spec ${file} is ${found}. Review the profile against it, then change ${field}.`;
}

function isIt(near: readonly string[]): string {
  return `Is it ${near.map((id) => `#${id}`).join(' or ')}?`;
}

/** Something wrong with a profile, as data. */
export type ProfileFault = Coded<typeof FAULTS>;

/** Something wrong with a profile, in words. */
export function faultText(fault: ProfileFault): string {
  return sentence(FAULTS, fault);
}

/** Why a clause does not apply under a profile. */
export function switchedOffText(setting: string): string {
  return `the setting ${setting} is false`;
}

/** What kind of text was left out of a prompt, and whose. */
export interface LeftOut {
  what: 'examples' | 'commentary' | 'sections' | 'definitions' | 'clauses';
  ids: string[];
}

const MOST_NAMED = 8;

/** What was left out: `the examples of 26 sections; the clauses #be_warm and …`. */
export function leftOutText(leftOut: readonly LeftOut[]): string {
  return leftOut
    .map(({ what, ids }) => {
      if (what === 'examples' || what === 'commentary') {
        return `the ${what} of ${ids.length} ${ids.length === 1 ? 'section' : 'sections'}`;
      }
      const named = ids.slice(0, MOST_NAMED).map((id) => `#${id}`);
      const more = ids.length - named.length;
      return `the ${what} ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    })
    .join('; ');
}

/** What a prompt takes, and what it had no room for: a line each. */
export function promptTexts(tokens: number, leftOut: readonly LeftOut[]): string[] {
  return [
    `About ${tokens} tokens.`,
    ...(leftOut.length === 0 ? [] : [`Left out for length: ${leftOutText(leftOut)}.`]),
  ];
}

/** How a clause stands in a deployment. */
export const STANDINGS: Readonly<Record<ClauseStanding['state'], string>> = {
  as_written: 'in force as written',
  set: 'in force with another text',
  narrowed: 'in force, narrowed',
  disabled: 'not in force',
  added: 'in force, added',
  inapplicable: 'does not apply',
  absent: 'no such clause',
};
