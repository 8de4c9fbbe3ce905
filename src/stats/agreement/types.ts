/** @module stats/agreement/types What raters said of items, and how far they agree. */

import type { Missing } from '../reasons.ts';

/** Who said what: the verdicts of several judges on the same items. */
export interface Ratings {
  /**
   * Row by row, one row per item and in it one place per rater: the category's number from 0, or −1 where this
   * rater said nothing of this item.
   */
  values: Int8Array;
  raters: number;
  /** How many categories there are. For an ordinal measure they are numbered in their order. */
  categories: number;
  /** The cluster (scenario seed) of each item, numbered from 0. */
  clusters: Int32Array;
}

/** A coefficient of agreement, 1 − observed / expected disagreement, with its interval. */
export interface Agreement {
  /** 1: always agree; 0: as often as by chance. Null where there is nothing to measure; `reason` says why. */
  estimate: number | null;
  /** Null where the data can't carry an interval; `reason` says why. */
  low: number | null;
  high: number | null;
  /** The share of pairs of ratings of one item that are equal, chance or not. */
  observed: number | null;
  method: string;
  confidence: number;
  /** Items that the coefficient stands on. */
  items: number;
  /** Independent seeds behind them. */
  clusters: number;
  /** Why a figure is missing, in words for seeds; absent where none is. */
  reason?: string;
  /** The same as a code. */
  missing?: Missing;
}
