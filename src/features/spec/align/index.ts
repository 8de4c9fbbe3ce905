/**
 * @module features/spec/align
 * The clauses of two specs side by side: which are about the same, by the words they share, and which only one
 * of the two has.
 */
export { alignSpecs } from './align.ts';
export { type AlignQuestion, openQuestions, withJudgements } from './judge.ts';
export type * from './types.ts';
export { RELATIONS } from './types.ts';
