/** @module stats What numbers mean. Pure: arrays in, numbers out. */
export { designEffect } from './cluster-correlation.ts';
export { expectedWidth } from './expected-width.ts';
export { estimateDifferences, type PairedTrials } from './paired-difference.ts';
export { estimateRates, type Trials } from './rates.ts';
export type { Difference, Interval, Rate } from './types.ts';
export { worstCase } from './worst-case.ts';
