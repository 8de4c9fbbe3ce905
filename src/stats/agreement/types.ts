/** @module stats/agreement/types What raters said of items, and how far they agree. */

import type { Figure } from '../types.ts';

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

/**
 * A coefficient of agreement, 1 − observed / expected disagreement, with its interval. 1: always agree; 0: as often as
 * by chance.
 */
export interface Agreement extends Figure {
  /** The share of pairs of ratings of one item that are equal, chance or not. */
  observed: number | null;
  /** Items that the coefficient stands on. */
  items: number;
  /** Independent seeds behind them. */
  clusters: number;
}
