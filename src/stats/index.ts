/** @module stats What numbers mean. Pure: arrays in, numbers out. */
export { type ClusterCorrelation, designEffect } from './cluster-correlation.ts';
export { expectedWidth, type PlannedRate } from './expected-width.ts';
export { criticalValue, normalQuantile } from './normal.ts';
export {
  type DifferenceTable,
  estimateDifferences,
  newcombePaired,
  type PairCounts,
  type PairedTrials,
} from './paired-difference.ts';
export { estimateRates, type RateTable, type Trials } from './rates.ts';
export { studentQuantile } from './student.ts';
export type { Difference, Interval, Rate } from './types.ts';
export { wilson, wilsonInterval } from './wilson.ts';
export { type KnownAndUnknown, worstCase } from './worst-case.ts';
