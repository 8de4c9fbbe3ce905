/** @module stats/zero-events How frequent something can still be that was never seen. */

/**
 * The largest rate under which so many independent trials without a single event would have a chance of at least
 * 1 − confidence: 1 − (1 − confidence)^(1/n). One-sided: all of the doubt is above. At 95 % it is close to 3/n, the
 * rule of three. Trials need not be whole, so that an effective sample size can stand for them.
 *
 * Source: Hanley and Lippman-Hand (1983), JAMA 249, 1743–1745.
 *
 * @param trials above 0
 * @throws RangeError otherwise, or unless 0 < confidence < 1
 * @example zeroEventBound(300) // 0.00993…
 */
export function zeroEventBound(trials: number, confidence = 0.95): number {
  if (!(trials > 0)) throw new RangeError(`A bound needs more than 0 trials; got ${trials}.`);
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`A confidence lies between 0 and 1, both excluded; got ${confidence}.`);
  }
  return -Math.expm1(Math.log1p(-confidence) / trials);
}
