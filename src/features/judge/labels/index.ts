/** @module features/judge/labels/index What other capabilities may use of labelling: labels read from files and laid beside a run's cases. */
export { caseKey, readCases } from './cases.ts';
export { importLabels } from './import.ts';
export { labelledRun } from './judged.ts';
export { readLabels } from './read.ts';
export type { LabelRow } from './row.ts';
