/**
 * @module features/spec/resolve/profile/effective
 * The spec that applies under a deployment profile.
 */

import { findSection } from '../../../../spec/locate.ts';
import { readSpec } from '../../../../spec/read.ts';
import { levelOf } from '../../../../spec/semantics/level-of.ts';
import type { Section, Spec } from '../../../../spec/types.ts';
import { at } from '../../../../text/at.ts';
import { editedText, narrowingOf } from './edits.ts';
import type { ProfileChange } from './effective-schema.ts';
import { faultText, type ProfileFault, type ProfileProblem, switchedOffText } from './messages.ts';
import { checkProfile } from './permissions.ts';
import type { Profile, ProfileEntry, ProfilePlace } from './schema.ts';

/** The spec as changed, what was changed, and what the profile may not do. */
export interface EffectiveSpec {
  spec: Spec;
  /** The profile's id. */
  profile: string;
  changes: ProfileChange[];
  errors: ProfileProblem[];
}

/** Applies a profile as far as it is permitted. Anything in `errors` was not done. */
export function effectiveSpec(spec: Spec, profile: Profile): EffectiveSpec {
  const { permitted, problems } = checkProfile(spec, profile);
  const plain = permitted.filter((entry) => {
    const problem = textProblem(profile, entry);
    if (problem !== null) problems.push(problem);
    return problem === null;
  });
  const edited = plain.length === 0 ? spec : readAgain(spec, editedText(spec, profile, plain));
  const lost = structureProblem(spec, edited, profile, plain);
  if (lost !== null) {
    return { spec, profile: profile.id, changes: [], errors: sorted([...problems, lost]) };
  }
  const changes = plain.map((entry) => changeOf(spec, edited, entry));
  changes.push(...inapplicable(edited, profile));
  return { spec: edited, profile: profile.id, changes, errors: sorted(problems) };
}

/** Whether a clause is switched off by a setting of its tag's name that is false. */
export function isSwitchedOff(tags: readonly string[], settings: Profile['settings']): boolean {
  return Object.entries(settings).some(
    ([name, value]) => tags.includes(name) && /^(false|no|off|0)$/i.test(value),
  );
}

function inapplicable(spec: Spec, profile: Profile): ProfileChange[] {
  const { line, column } = profile.places.by ?? { line: 1, column: 1 };
  return spec.sections
    .filter(({ isClause, tags }) => isClause && isSwitchedOff(tags, profile.settings))
    .map((section) => {
      const { id, title, textHash, tags } = section;
      const set = tags.filter((tag) => Object.hasOwn(profile.settings, tag));
      const setting = at(set, 0);
      return {
        id,
        action: 'inapplicable',
        title,
        level: levelOf(spec, section),
        by: profile.by,
        reason: switchedOffText(setting),
        setting,
        before: textHash,
        after: textHash,
        line,
        column,
      };
    });
}

function changeOf(before: Spec, after: Spec, entry: ProfileEntry): ProfileChange {
  const old = findSection(before, entry.id);
  const changed = findSection(after, entry.id);
  const level = (spec: Spec, section: Section | undefined): string | null =>
    section === undefined ? null : levelOf(spec, section);
  const { id, action, by, reason, place } = entry;
  return {
    id,
    action,
    title: old?.title ?? changed?.title ?? id,
    level: level(before, old) ?? level(after, changed),
    by,
    reason,
    before: old?.textHash ?? null,
    after: changed?.isClause === true ? changed.textHash : null,
    ...place,
  };
}

/** Reads the edited text as the same document; its eval prompts and identity stay. */
function readAgain(spec: Spec, text: string): Spec {
  const { file, id, version, dialect } = spec;
  const bytes = new TextEncoder().encode(text);
  const read = readSpec({ file, bytes, id, version: version ?? undefined, dialect });
  const ofFiles = new Set(['no-eval-files', 'tag-without-file']);
  return {
    ...read,
    version,
    evalFiles: spec.evalFiles,
    diagnostics: read.diagnostics.filter(({ code }) => !ofFiles.has(code)),
  };
}

/** A text that would be more than a clause's text: it could open a clause of any level. */
function textProblem(profile: Profile, entry: ProfileEntry): ProfileProblem | null {
  if (!('text' in entry) || entry.text === undefined) return null;
  const bytes = new TextEncoder().encode(`# Title {#title authority=root}\n\n${entry.text}\n`);
  const { sections, diagnostics } = readSpec({ file: 'text', bytes, dialect: 'model-spec' });
  const inner = sections[0]?.blocks.some(({ type }) => type === 'example') === true;
  const broken = diagnostics.some(({ code }) => /^unclosed-(?:fence|tag)$/.test(code));
  if (sections.length === 1 && !inner && !broken) return null;
  const { id, places, place } = entry;
  const fault: ProfileFault = { code: 'not-plain', data: { clause: id } };
  return plainTextProblem(profile, id, places.text ?? place, fault);
}

/** After the edits every section must be there with its level, changed only where the profile says so. */
function structureProblem(
  before: Spec,
  after: Spec,
  profile: Profile,
  entries: readonly ProfileEntry[],
): ProfileProblem | null {
  const wanted = new Map(before.sections.map(({ id, level }) => [id, level]));
  for (const entry of entries) {
    if (entry.action === 'disable') wanted.set(entry.id, null);
    else if (entry.action === 'narrow') {
      const { id, level } = narrowingOf(before, profile, entry);
      wanted.set(id, level);
    } else if (entry.action === 'add') wanted.set(entry.id, entry.level);
    else if (entry.action === 'set' && entry.level !== undefined) wanted.set(entry.id, entry.level);
  }
  const odd =
    after.sections.find(({ id, level }) => !wanted.has(id) || wanted.get(id) !== level)?.id ??
    (after.sections.length === wanted.size ? undefined : entries[0]?.id);
  if (odd === undefined) return null;
  const entry = entries.find(({ id }) => id === odd) ?? entries[0];
  const place = entry?.place ?? { line: 1, column: 1 };
  const data = { clause: odd, dialect: before.dialect };
  return plainTextProblem(profile, odd, place, { code: 'no-place', data });
}

function plainTextProblem(
  { file }: Profile,
  clause: string,
  { line, column }: ProfilePlace,
  fault: ProfileFault,
): ProfileProblem {
  const message = faultText(fault);
  return { file, line, column, ...fault, message, clause, rule: 'plain-text' };
}

function sorted(problems: ProfileProblem[]): ProfileProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
