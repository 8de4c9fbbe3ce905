/**
 * @module spec
 * Reads behaviour specifications and answers questions about them. Pure: text in, values out; it runs in a
 * browser as in Node.
 *
 * @example
 * const spec = readSpec(text, { path: 'model_spec.md' });
 * spec.diagnostics; // what the reader wants you to know, each with its place
 * selectClauses(spec, 'level:root and has:example'); // { ids: ['protect_privacy', …] }
 * clausesOf(spec)[0]?.sentences[0]?.locator; // 'model-spec@2025-12-18 > #protect_privacy > ¶1 s1'
 */

// Reading, from any of the ways of writing a spec.

export { DIAGNOSTICS, type DiagnosticCode } from './diagnostics.ts';
export { DIALECTS, type DialectName, isDialect } from './dialects/dialect.ts';
export { isInstructionFile, joinInstructions } from './dialects/instructions.ts';
export { specFromJson } from './formats/from-json.ts';
export { type ReadOptions, readSpec } from './read.ts';
export type * from './types.ts';

// Clauses: which there are, and what each says.

export { type ClauseReference, type ClauseText, clauseText } from './clause.ts';
export { findSection, locator, suggestIds, titlesResolved } from './locate.ts';
export { specName } from './name.ts';
export { selectClauses } from './query.ts';
export {
  type Clause,
  type ClauseEval,
  type ClauseSentence,
  clausesOf,
} from './semantics/clauses.ts';
export type { Condition } from './semantics/conditions.ts';
export { type InheritedLevel, levelOf } from './semantics/level-of.ts';
export type { ClauseLink, LinkKind } from './semantics/links.ts';
export { type Modality, modalityOf } from './semantics/modality.ts';
export { type SpecStats, specStats } from './stats.ts';

// What sections hold.

export { messagesBefore, withUntrustedMarked } from './history.ts';
export {
  comparisonsOf,
  examplesOf,
  repliesOf,
  walkBlocks,
  walkInlines,
  walkParagraphs,
} from './walk.ts';

// Changing a spec, and writing it in other forms.

export { encodeText, printSpec } from './bytes.ts';
export { EditProblem, editSpec, type FileEdits, type SpecEdit } from './edit.ts';
export { printAs } from './formats/formats.ts';
export { type ExchangeForm, FORMS, type Loss, type LossCode, lossesOf } from './formats/losses.ts';
export { specToJson } from './formats/write-records.ts';
export { decodeText } from './source-text.ts';
export { applyEdits, printEdited } from './text-edits.ts';
