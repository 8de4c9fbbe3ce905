/**
 * @module spec
 * Reads behaviour specifications and answers questions about them. Pure: text in, values out.
 */

export { type ClauseReference, type ClauseText, clauseText } from './clause.ts';
export { DIAGNOSTICS, type DiagnosticCode } from './diagnostics.ts';
export { messagesBefore, withUntrustedMarked } from './history.ts';
export { findSection, locator, suggestIds, titlesResolved } from './locate.ts';
export { selectClauses } from './query.ts';
export { readSpec } from './read.ts';
export { decodeText } from './source-text.ts';
export { type SpecStats, specStats } from './stats.ts';
export type * from './types.ts';
export { comparisonsOf, examplesOf, repliesOf, walkBlocks } from './walk.ts';
