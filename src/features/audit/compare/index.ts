/** @module features/audit/compare What other capabilities use of comparing: a gate on a drop is one. */
export { compareStored, type StoredRun } from './compare-runs.ts';
export type { Comparison } from './compare-sides.ts';
export { type NotComparable, whyNot } from './messages.ts';
export { pairSubjects } from './pair-subjects.ts';
export type { ComparedGroup } from './schema.ts';
