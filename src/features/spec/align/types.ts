/** @module features/spec/align/types Two specs side by side. */

/** What a judge may say of two clauses: how the first one stands to the second. */
export const RELATIONS = ['same', 'broader', 'narrower', 'conflicting', 'unrelated'] as const;

export type Relation = (typeof RELATIONS)[number];

export interface AlignedSpec {
  id: string;
  version: string | null;
  title: string;
  sha256: string;
  clauses: number;
}

export interface AlignedClause {
  id: string;
  title: string;
  level: string | null;
  line: number;
}

/** A clause of the first spec and one of the second that are about the same. */
export interface AlignedPair {
  first: AlignedClause;
  second: AlignedClause;
  /** From 0 (no telling word in common) to 1. */
  similarity: number;
  /**
   * `identical`: word for word. `mutual`: each is the other's likest. `further`: one of them has a likelier
   * partner, or was not the likeliest of its partner. `judged`: a judge sees a link that words do not show.
   */
  match: 'identical' | 'mutual' | 'further' | 'judged';
  /** The words that they share and that count most. */
  words: string[];
  /** What the judge said; null where it was not asked. */
  judgement: Judgement | null;
}

/** A judge's answer about a pair, or why there is none. */
export type Judgement =
  | { relation: Relation; reason: string }
  | { relation: null; undetermined: string };

/** A clause without a partner. */
export interface LoneClause extends AlignedClause {
  /** The likest clause of the other spec; not like enough. */
  nearest: { id: string; similarity: number; words: string[] } | null;
}

export interface Alignment {
  schema: 'tenet.alignment/1';
  first: AlignedSpec;
  second: AlignedSpec;
  /** The bounds that were in force. */
  least: number;
  clear: number;
  /** The model that decided what words left open; null without one. */
  judge: { model: string; simulated: boolean; asked: number; undetermined: number } | null;
  /** In the order of the first spec's clauses, the likest first. */
  pairs: AlignedPair[];
  onlyFirst: LoneClause[];
  onlySecond: LoneClause[];
}

export interface AlignOptions {
  /** Pairs less alike than this are none (from 0 to 1). */
  least?: number;
  /** Pairs at least this much alike need no judge. */
  clear?: number;
}
