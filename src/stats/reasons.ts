/** @module stats/reasons Why a figure is missing, in the same words wherever it is. */

export const NO_TRIAL = 'no trial was judged';
export const ONE_SEED = 'a single seed cannot show how seeds differ';
/** Clusters that all have the same rate. */
export const NO_SPREAD =
  'all seeds came out alike, and what shows no spread can’t tell how large it is';
