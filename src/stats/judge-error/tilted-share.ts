/** @module stats/judge-error/tilted-share The likelihood of one share, and its maximum under a pull from outside. */

/** Log-likelihood of a share: hits·ln p + misses·ln(1 − p), where 0·ln 0 is 0. */
export function logLikelihood(hits: number, misses: number, share: number): number {
  return (hits > 0 ? hits * Math.log(share) : 0) + (misses > 0 ? misses * Math.log1p(-share) : 0);
}

/**
 * The share at which the slope of its log-likelihood equals `pull`: hits/p − misses/(1 − p) = pull, the root in 0..1
 * of pull·p² − (pull + hits + misses)·p + hits = 0. It falls as the pull grows; hits or misses of 0 let it rest
 * on its bound. This is the maximum of the likelihood minus pull·p, what Lagrange's multiplier asks of each share.
 */
export function tiltedShare(hits: number, misses: number, pull: number): number {
  if (pull === 0) return hits / (hits + misses);
  const middle = pull + hits + misses;
  const width = Math.sqrt(Math.max(0, middle * middle - 4 * pull * hits));
  // Of the two ways to write the root, the one that does not subtract like from like.
  const share = middle > 0 ? (2 * hits) / (middle + width) : (middle - width) / (2 * pull);
  return Math.min(1, Math.max(0, share));
}

/** By how much a tilted share falls per unit of pull: the inverse of its information; 0 where it rests on a bound. */
export function yielding(hits: number, misses: number, share: number): number {
  if (share <= 0 || share >= 1) return 0;
  return 1 / (hits / (share * share) + misses / ((1 - share) * (1 - share)));
}
