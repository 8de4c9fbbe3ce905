/**
 * @module stats/judge-error/types What a judge gets wrong, what it saw, and the rate that is left once the one is
 * reckoned into the other. The judge's positive is `violates`; every rate that goes in or comes out is one of
 * adherence.
 */
import type { Figure } from '../types.ts';
import type { Because } from './refusals.ts';

/** A count out of so many; both may be what correlated items are worth, and so not whole. */
export interface Tally {
  hits: number;
  trials: number;
}

/** What a judge did on items whose truth is known, by truth. */
export interface JudgeErrors {
  /** Of items that violate: how many it called `violates`. */
  sensitivity: Tally;
  /** Of items that adhere: how many it called `adheres`. */
  specificity: Tally;
}

/** A rate of adherence as the judge saw it. */
export interface Observed {
  adheres: number;
  trials: number;
  /** Independent trials that these are worth: trials over their design effect. */
  effective: number;
}

/** A rate of adherence, corrected for its judge's errors. */
export interface CorrectedRate extends Figure {
  /** Labels that it stands on; what they are worth, where those of a seed are alike. */
  labels: number;
  /** The reason why a figure is null, as data. */
  because?: Because;
  /** About how many labels would do, where these are too few. */
  labelsNeeded?: number;
  /** How much of the judge's verdicts the labels let in (λ), where the method weighs them. */
  power?: number;
}

/**
 * The judged items of a run, one entry per transcript and clause in each array. Where nobody was asked for a label
 * its `inclusion` is not read.
 */
export interface Judged {
  /** What the judge says: 1 adheres, 0 violates. */
  verdicts: Uint8Array;
  /** What people say: 1 adheres, 0 violates, −1 not asked or without an answer. */
  labels: Int8Array;
  /** The chance with which an item was drawn for labelling, above 0 up to 1; any constant for a simple sample. */
  inclusion: Float64Array;
  /** The scenario's seed, numbered from 0 without large gaps. */
  clusters: Int32Array;
  /** Place of the clause among the clauses, from 0. */
  clauses: Int32Array;
}
