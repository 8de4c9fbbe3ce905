/**
 * @module spec
 * Reads behaviour specifications and answers questions about them. Pure: text in, values out.
 */

export { encodeText, printSpec } from './bytes.ts';
export { type ClauseReference, type ClauseText, clauseText } from './clause.ts';
export { DIAGNOSTICS, type DiagnosticCode } from './diagnostics.ts';
export { DIALECTS, type DialectName, isDialect } from './dialects/dialect.ts';
export { isInstructionFile, joinInstructions } from './dialects/instructions.ts';
export { EditProblem, editSpec, type FileEdits, type SpecEdit } from './edit.ts';
export { printAs } from './formats/formats.ts';
export { specFromJson } from './formats/from-json.ts';
export { type ExchangeForm, FORMS, type Loss, lossesOf } from './formats/losses.ts';
export { specToJson } from './formats/write-records.ts';
export { messagesBefore, withUntrustedMarked } from './history.ts';
export { findSection, locator, suggestIds, titlesResolved } from './locate.ts';
export { specName } from './name.ts';
export { selectClauses } from './query.ts';
export { readSpec } from './read.ts';
export { type Clause, clausesOf } from './semantics/clauses.ts';
export { type Modality, modalityOf } from './semantics/modality.ts';
export { decodeText } from './source-text.ts';
export { type SpecStats, specStats } from './stats.ts';
export { applyEdits, printEdited } from './text-edits.ts';
export type * from './types.ts';
export { comparisonsOf, examplesOf, repliesOf, walkBlocks, walkInlines } from './walk.ts';
