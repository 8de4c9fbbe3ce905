/** @module features/spec/resolve/profile/apply-profile A spec under the deployment profile of a file. */
import type { Spec } from '../../../../spec/index.ts';
import { type EffectiveSpec, effectiveSpec } from './effective.ts';
import { problem } from './messages.ts';
import { readProfile } from './read.ts';
import type { Profile } from './schema.ts';

/** A profile and the spec under it. */
export interface AppliedProfile {
  profile: Profile;
  effective: EffectiveSpec;
}

/** Reads a profile and applies it. Throws a `TenetError` with all that is wrong with it, or that it may not do. */
export function applyProfile(spec: Spec, file: string, text: string): AppliedProfile {
  const read = readProfile(file, text);
  if ('problems' in read) throw problem('wrong-profile', { problems: read.problems });
  const { profile } = read;
  const effective = effectiveSpec(spec, profile);
  if (effective.errors.length > 0) throw problem('wrong-profile', { problems: effective.errors });
  return { profile, effective };
}
