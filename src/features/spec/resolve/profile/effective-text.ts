/**
 * @module features/spec/resolve/profile/effective-text
 * What a profile makes of a spec, and how two profiles differ, as text and as JSON.
 */

import { clauseText, type Spec, specName } from '../../../../spec/index.ts';
import { cut, hanging } from '../../../../text/layout.ts';
import { count } from '../../../../text/numbers.ts';
import { painter } from '../../../../text/paint.ts';
import { safeLine } from '../../../../text/safe-text.ts';
import type { ClauseStanding, EffectiveSpec, Profile, ProfileDifference } from './index.ts';

interface Settings {
  width?: number;
  color?: boolean;
}

/** The spec that applies, as one JSON document. */
export function effectiveJson(profile: Profile, effective: EffectiveSpec): object {
  const { spec, changes } = effective;
  const { id, file, by, operator, locale, audience, settings } = profile;
  return {
    schema: 'tenet.effective/1',
    spec: { id: spec.id, version: spec.version, sha256: spec.sha256 },
    profile: { id, file, by, operator, locale, audience, settings, spec: profile.spec },
    changes,
    levels: spec.levels,
    clauses: clausesOf(spec),
  };
}

function clausesOf(spec: Spec): object[] {
  return spec.sections
    .filter(({ isClause }) => isClause)
    .map((section) => {
      const { id, title, level, kind, tags, textHash } = section;
      const { text, commentary } = clauseText(spec, section);
      return { id, title, level, kind, tags, textHash, text, commentary };
    });
}

/** What a profile changes, in a few lines for the person at the terminal. */
export function renderChanges(
  { profile, changes }: EffectiveSpec,
  settings: Settings = {},
): string {
  const width = Math.max(40, settings.width ?? 80);
  const lines = changes.flatMap(({ id, action, by, reason }) =>
    hanging(`  ${action} `, safeLine(`#${id} (${by}): ${reason}`), width),
  );
  return [cut(`Profile ${profile}: ${count(changes.length, 'change')}`, width), ...lines].join(
    '\n',
  );
}

/** What differs between two deployments, clause by clause. */
export function renderDifference(
  spec: Spec,
  names: readonly [string, string],
  { fields, clauses }: ProfileDifference,
  settings: Settings = {},
): string {
  const width = Math.max(40, settings.width ?? 80);
  const paint = painter(settings.color ?? false);
  const [first, second] = names;
  const title = `${specName(spec)}: ${first} against ${second}`;
  const lines = [paint('bold', cut(safeLine(title), width))];
  if (fields.length + clauses.length === 0) lines.push('', 'Nothing differs.');
  if (fields.length > 0) lines.push('');
  for (const field of fields) {
    const text = `${field.first ?? '–'} → ${field.second ?? '–'}`;
    lines.push(...hanging('', safeLine(`${field.name}: ${text}`), width));
  }
  for (const clause of clauses) {
    lines.push('', paint('bold', cut(safeLine(`#${clause.id} ${clause.title}`), width)));
    lines.push(...standingLines(first, clause.first, width));
    lines.push(...standingLines(second, clause.second, width));
  }
  return `${lines.join('\n')}\n`;
}

const IN_WORDS: Record<ClauseStanding['state'], string> = {
  as_written: 'in force as written',
  set: 'in force with another text',
  narrowed: 'in force, narrowed',
  disabled: 'not in force',
  added: 'in force, added',
  inapplicable: 'does not apply',
  absent: 'no such clause',
};

function standingLines(name: string, standing: ClauseStanding, width: number): string[] {
  const level = standing.level === null ? '' : ` at ${standing.level}`;
  const why = standing.by === null ? '' : `, by ${standing.by}: ${standing.reason ?? ''}`;
  const text = standing.text === null ? [] : hanging('      ', safeLine(standing.text), width);
  const own = safeLine(`${IN_WORDS[standing.state]}${level}${why}`);
  return [...hanging(`  ${safeLine(name)}: `, own, width), ...text];
}
