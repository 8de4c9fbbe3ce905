/** @module stats/types What an estimate is: a share or a difference, its interval, and how both were come by. */

import type { Caution, Missing } from './reasons.ts';

/** Two ends of an interval. */
export interface Interval {
  low: number;
  high: number;
}

/** A figure with its interval. */
export interface Figure {
  /** Null where there is nothing to measure; `reason` says why. */
  estimate: number | null;
  /** Null where the data can't carry an interval; `reason` says why. */
  low: number | null;
  high: number | null;
  /** The method's name and settings, as a reader should see them. */
  method: string;
  confidence: number;
  /** Why a figure is missing, in words for seeds; absent where none is. */
  reason?: string;
  /** The same as a code. */
  missing?: Missing;
  /** What the interval takes for granted, and what speaks against it (`cautionText`); absent where that is nothing. */
  cautions?: Caution[];
}

interface Estimate extends Figure {
  /** Independent units (scenario seeds) behind the trials. */
  clusters: number;
  /**
   * How many times the variance of as many independent trials drawn from one pot the estimate has: above 1 where
   * trials share seeds, below 1 where clauses differ from one another more than trials within them do.
   */
  designEffect: number;
}

/** A share with its interval. */
export interface Rate extends Estimate {
  /** Successes and trials the estimate stands on. */
  successes: number;
  trials: number;
}

/** The rate of a first subject minus that of a second on the same trials, with its interval. */
export interface Difference extends Estimate {
  /** Trials that both subjects have. */
  pairs: number;
  /** Pairs in which only the first subject, or only the second, adheres. */
  onlyFirst: number;
  onlySecond: number;
}
