/** @module features/spec/resolve/profile/effective-document The spec under a profile, and two of them, as documents. */
import { clauseText, type Spec } from '../../../../spec/index.ts';
import type { AppliedProfile } from './apply-profile.ts';
import { compareProfiles } from './compare.ts';
import type { EffectiveDocument, ProfileDifferenceDocument } from './effective-schema.ts';

/** The spec that applies, with what the profile changed. */
export function effectiveDocument({ profile, effective }: AppliedProfile): EffectiveDocument {
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

function clausesOf(spec: Spec): EffectiveDocument['clauses'] {
  return spec.sections
    .filter(({ isClause }) => isClause)
    .map((section) => {
      const { id, title, level, kind, tags, textHash } = section;
      const { text, commentary } = clauseText(spec, section);
      return { id, title, level, kind, tags, textHash, text, commentary };
    });
}

/** What differs between two deployments. They go by their files where their ids are the same. */
export function differenceDocument(
  first: AppliedProfile,
  second: AppliedProfile,
): ProfileDifferenceDocument {
  const isSame = first.profile.id === second.profile.id;
  const nameOf = ({ profile }: AppliedProfile): string => (isSame ? profile.file : profile.id);
  return {
    schema: 'tenet.profile-difference/1',
    first: nameOf(first),
    second: nameOf(second),
    ...compareProfiles(first, second),
  };
}
