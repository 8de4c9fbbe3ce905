/**
 * @module features/spec/diff
 * Compares two versions of a spec by clause, says what each change does to the reader's duties, and makes the
 * newer text of the older one and the difference.
 */
export { diffSpecs } from './diff.ts';
export { applyDiff } from './patch.ts';
export type { SpecDiff } from './schema.ts';
