/**
 * @module features/spec/align
 * The clauses of two specs side by side: which are about the same, by the words they share, and which only one
 * of the two has.
 */
export { alignSpecs } from './align.ts';
