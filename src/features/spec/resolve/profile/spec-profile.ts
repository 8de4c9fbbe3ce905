/**
 * @module features/spec/resolve/profile/spec-profile
 * Deployment profiles from files, for every command that takes one.
 */

import { loadText } from '../../../../app/files.ts';
import { Problem } from '../../../../app/problem.ts';
import type { Spec } from '../../../../spec/index.ts';
import { safeLine } from '../../../../text/safe-text.ts';
import {
  type EffectiveSpec,
  effectiveSpec,
  PROFILE_RULES,
  type Profile,
  type ProfileProblem,
  readProfile,
} from './index.ts';

/** The profile in a file, or a `Problem` that says everything that is wrong with it. */
function loadProfile(file: string): Profile {
  const read = readProfile(file, loadText(file, 'a profile'));
  if ('problems' in read) throw new Problem(described(read.problems));
  return read.profile;
}

/** The profile in a file and the spec under it, or a `Problem` with each thing that it may not do. */
export function applyProfile(
  spec: Spec,
  file: string,
): { profile: Profile; effective: EffectiveSpec } {
  const profile = loadProfile(file);
  const effective = effectiveSpec(spec, profile);
  if (effective.errors.length > 0) throw new Problem(described(effective.errors));
  return { profile, effective };
}

function described(problems: readonly ProfileProblem[]): string {
  const lines = problems.map(({ file, line, column, message, rule }) => {
    const broken = rule === null ? '' : ` [${rule}]`;
    return safeLine(`${file}:${line}:${column}: ${message}${broken}`);
  });
  const rules = [...new Set(problems.flatMap(({ rule }) => rule ?? []))];
  const said = rules.map((rule) => `  ${rule}: ${(PROFILE_RULES as Record<string, string>)[rule]}`);
  return [...lines, ...said].join('\n');
}
