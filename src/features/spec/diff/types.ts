/**
 * @module features/spec/diff/types
 * What two versions of a spec differ in, clause by clause.
 */
import type { Mark } from '../../../spec/types.ts';

/**
 * What a change does to the reader's duties. `normative`: behaviour that was right may be wrong now, or the
 * reverse. `clarifying`: the same duty in other words, explained or shown. `editorial`: how it is typed.
 */
export type ChangeClass = 'normative' | 'clarifying' | 'editorial';

/** Which part of a spec a change is in. */
export type ChangeKind =
  | 'added'
  | 'removed'
  | 'renamed'
  | 'merged'
  | 'split'
  | 'level'
  | 'levels'
  | 'kind'
  | 'attributes'
  | 'title'
  | 'moved'
  | 'order'
  | 'text'
  | 'commentary'
  | 'examples'
  | 'eval-tags'
  | 'eval-prompts'
  | 'preamble'
  | 'layout';

/** One change of one section, or of the whole document where `id` is null. */
export interface SpecChange {
  /** The newer id; the older one of what was removed. */
  id: string | null;
  /** The older id, where it is another one. */
  from?: string;
  kind: ChangeKind;
  class: ChangeClass;
  /** Why it is of this class, in words. */
  reason: string;
  /** Line of the heading, from 1; null where the section is not there. */
  olderLine: number | null;
  newerLine: number | null;
  /** Sentence by sentence, for `text` and `commentary`. */
  edits?: SentenceChange[];
}

/** A stretch of a sentence: in both (`=`), in the older only (`-`), in the newer only (`+`). */
export type WordPiece = ['=' | '-' | '+', string];

/** One sentence that came, went, changed, or stands elsewhere in its section. */
export interface SentenceChange {
  type: 'added' | 'removed' | 'changed' | 'moved';
  class: ChangeClass;
  reason: string;
  before: string | null;
  after: string | null;
  /** Word by word, for `changed`. */
  words?: WordPiece[];
}

/** A section whose text lives on under another id. */
export interface Rename {
  from: string;
  to: string;
  /** How much of both texts is the same, from 0 to 1: twice the shared word sequences over all of both. */
  similarity: number;
  /** `alias`: the newer document says so itself. */
  evidence: 'text' | 'alias';
}

/** A part that a section has in another one: the share, from 0 to 1, of its word sequences found there. */
export interface Share {
  id: string;
  similarity: number;
}

/** Removed sections whose text lives on in another one; the share is of the removed text. */
export interface Merge {
  from: Share[];
  to: string;
}

/** A section from whose text others were made; the share is of the text of the newer section. */
export interface Split {
  from: string;
  to: Share[];
}

/** `vocabulary`: the level is called otherwise in the whole spec; `rank`: the clause has another rank. */
export interface Relevel {
  id: string;
  from: string | null;
  to: string | null;
  kind: 'vocabulary' | 'rank';
}

/** How the levels of the two versions map onto each other. */
export interface LevelChanges {
  renamed: { from: string; to: string }[];
  added: string[];
  removed: string[];
  /** Levels of both whose order among each other is another. */
  reordered: string[];
  /** Levels whose clauses may be overridden now and might not before, or the reverse. */
  overridable: { name: string; from: boolean; to: boolean }[];
}

/** What became of one example. */
export interface ExampleChange {
  /** The section it stands in now; the older one of what was removed. */
  id: string;
  title: string;
  type: 'added' | 'removed' | 'moved' | 'changed';
  class: ChangeClass;
  reason: string;
  /** The older section of one that was moved. */
  from?: string;
  /** The older title, where it is another one. */
  retitledFrom?: string;
  /** Replies that stayed the same and have another mark now. */
  marks?: { from: Mark | null; to: Mark | null; reply: string }[];
}

/** A tag and the section it stands in. */
export interface TagPlace {
  tag: string;
  id: string;
}

/** What became of the prompts of a tag; titles. */
export interface EvalPromptChange {
  tag: string;
  added: string[];
  removed: string[];
  changed: string[];
}

/** One step of rebuilding the newer text from the sections of the older one; `''` is what stands before them. */
export type PatchStep =
  | { copy: string }
  | { edit: string; hunks: PatchHunk[] }
  | { insert: string };

/** Lines of an older section, from 0, that other text takes the place of. */
export interface PatchHunk {
  line: number;
  remove: number;
  insert: string;
}

/** Which document a side of the comparison is. */
export interface SpecIdentity {
  id: string;
  version: string | null;
  sha256: string;
}

/** The difference between two versions of a spec. Every list is in the order of the newer document. */
export interface SpecDiff {
  schema: 'tenet.spec-diff/1';
  older: SpecIdentity;
  newer: SpecIdentity;
  /** Ids that only the newer version has; those of renamed, merged and split sections among them. */
  added: string[];
  /** Ids that only the older version has, in its order. */
  removed: string[];
  renamed: Rename[];
  merged: Merge[];
  split: Split[];
  levels: LevelChanges;
  /** The following five are about ids that both versions have; what else a rename changed is in `changes`. */
  relevelled: Relevel[];
  /** Under another heading; null is the top. */
  moved: { id: string; from: string | null; to: string | null }[];
  /** In another place among the same headings. */
  reordered: string[];
  retitled: { id: string; from: string; to: string }[];
  /** Whose text below the heading differs in more than layout: words, signs, examples or eval tags. */
  textChanged: string[];
  commentaryChanged: string[];
  examplesChanged: string[];
  examples: ExampleChange[];
  evalTagsAdded: TagPlace[];
  evalTagsRemoved: TagPlace[];
  evalTagsMoved: { tag: string; from: string; to: string }[];
  /** Null where one side came without eval-prompt files. */
  evalPrompts: EvalPromptChange[] | null;
  counts: Record<ChangeClass, number>;
  changes: SpecChange[];
  patch: { byteOrderMark: boolean; steps: PatchStep[] };
}
