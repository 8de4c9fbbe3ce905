/** @module features/spec/resolve/profile Deployment profiles: what they may change, and the spec that then applies. */
export { type ClauseStanding, compareProfiles, type ProfileDifference } from './compare.ts';
export { type EffectiveSpec, effectiveSpec } from './effective.ts';
export { PROFILE_RULES } from './permissions.ts';
export { compilePrompt, leftOutText } from './prompt.ts';
export { readProfile } from './read.ts';
export { type Profile, type ProfileProblem, profileSchema } from './schema.ts';
