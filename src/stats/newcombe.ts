/** @module stats/newcombe The difference of two shares, from the Wilson interval of each. */
import { cautioning, lacking } from './reasons.ts';
import type { Figure, Interval, Rate } from './types.ts';
import { wilsonInterval } from './wilson.ts';

/** A share and the independent trials that it is worth; they need not be whole. */
export interface EffectiveShare {
  /** 0..1 */
  share: number;
  /** above 0 */
  effective: number;
}

/** The rate of a first subject minus that of a second on trials of their own, with its interval. */
export type IndependentDifference = Figure;

/**
 * The interval of a difference of two independent shares, first minus second: with Wilson's ends l and u of each,
 * d − √((p₁ − l₁)² + (u₂ − p₂)²) to d + √((u₁ − p₁)² + (p₂ − l₂)²). Never of zero width, never outside −1..1.
 *
 * Source: Newcombe (1998), Statistics in Medicine 17, 873–890, method 10 (hybrid score).
 *
 * @example newcombe({ share: 56 / 70, effective: 70 }, { share: 48 / 80, effective: 80 }) // 0.0524…, 0.3339…
 */
export function newcombe(
  first: EffectiveShare,
  second: EffectiveShare,
  confidence = 0.95,
): Interval {
  return joinScoreIntervals(
    { share: first.share, ...wilsonInterval(first.share, first.effective, confidence) },
    { share: second.share, ...wilsonInterval(second.share, second.effective, confidence) },
    0,
  );
}

/**
 * Two shares with their intervals, joined to the interval of first minus second, given how the two correlate
 * (φ, 0 where they are independent).
 *
 * Source: Newcombe (1998), Statistics in Medicine 17, 873–890 (independent) and 2635–2650 (paired), both method 10.
 */
export function joinScoreIntervals(
  first: Interval & { share: number },
  second: Interval & { share: number },
  phi: number,
): Interval {
  const difference = first.share - second.share;
  const below = joined(first.share - first.low, second.high - second.share, phi);
  const above = joined(first.high - first.share, second.share - second.low, phi);
  return { low: Math.max(-1, difference - below), high: Math.min(1, difference + above) };
}

/**
 * The difference of two rates that have no trials in common (other scenarios, or a different draw of them), on the
 * effective trials of each: `trials / designEffect`. With the same scenarios `estimateDifferences` is narrower. None,
 * with the reason, where either rate stands on under two seeds or has no interval itself.
 */
export function differenceOfRates(
  first: Rate,
  second: Rate,
  confidence = 0.95,
): IndependentDifference {
  const base = { method: 'Newcombe independent (method 10)', confidence };
  const none = { low: null, high: null };
  if (first.estimate === null || second.estimate === null) {
    const which = first.estimate === null ? 'first' : 'second';
    return { ...base, estimate: null, ...none, ...lacking(`${which}-has-no-trial`) };
  }
  const estimate = first.estimate - second.estimate;
  if (first.clusters < 2 || second.clusters < 2) {
    return { ...base, estimate, ...none, ...lacking('one-cluster') };
  }
  // A rate without an interval has no effective trials: its design effect says nothing.
  const unknown = [first, second].find(({ low, high }) => low === null || high === null);
  if (unknown !== undefined) {
    const { reason, missing } = unknown;
    const why =
      reason === undefined
        ? lacking('rate-without-interval')
        : { reason, ...(missing === undefined ? {} : { missing }) };
    return { ...base, estimate, ...none, ...why };
  }
  const interval = newcombe(
    { share: first.estimate, effective: first.trials / first.designEffect },
    { share: second.estimate, effective: second.trials / second.designEffect },
    confidence,
  );
  const cautions = [first, second].flatMap((rate) => rate.cautions ?? []);
  return { ...base, estimate, ...interval, ...cautioning(cautions) };
}

function joined(a: number, b: number, phi: number): number {
  return Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b));
}
