/** @module stats/fisher-exact Whether one share lies above another, without any approximation. */

/**
 * Fisher's exact test, one-sided: the probability that as many or more of all hits fall among the first trials where
 * hits are spread over all trials by chance, Σ_{k ≥ hits} C(T, k)·C(U, H − k) / C(T + U, H), with T and U the trials of
 * either side and H all hits. The terms are summed as multiples of the largest one, so that no factorial is needed.
 *
 * Source: Fisher (1935), Journal of the Royal Statistical Society 98, 39–82; Agresti (2013), Categorical Data
 * Analysis, 3rd ed., §3.5.
 *
 * @param hits whole, between 0 and `trials`; likewise `otherHits`
 * @throws RangeError otherwise
 * @example fisherExact(3, 4, 1, 4) // 0.2428…
 */
export function fisherExact(
  hits: number,
  trials: number,
  otherHits: number,
  otherTrials: number,
): number {
  for (const [some, of] of [
    [hits, trials],
    [otherHits, otherTrials],
  ] as const) {
    if (!(Number.isInteger(some) && Number.isInteger(of) && some >= 0 && some <= of)) {
      throw new RangeError(`An exact test takes whole hits of whole trials; got ${some} of ${of}.`);
    }
  }
  const all = hits + otherHits;
  const least = Math.max(0, all - otherTrials);
  const most = Math.min(trials, all);
  const mode = Math.min(
    most,
    Math.max(least, Math.floor(((trials + 1) * (all + 1)) / (trials + otherTrials + 2))),
  );
  let within = 0;
  let total = 0;
  const take = (count: number, weight: number): void => {
    total += weight;
    if (count >= hits) within += weight;
  };
  take(mode, 1);
  let weight = 1;
  for (let count = mode; count < most && weight > 0; count++) {
    weight *= ((trials - count) * (all - count)) / ((count + 1) * (otherTrials - all + count + 1));
    take(count + 1, weight);
  }
  weight = 1;
  for (let count = mode; count > least && weight > 0; count--) {
    weight *= (count * (otherTrials - all + count)) / ((trials - count + 1) * (all - count + 1));
    take(count - 1, weight);
  }
  return Math.min(1, within / total);
}
