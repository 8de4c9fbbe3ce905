/** @module stats/power What a plan can show, told before anything is asked. */
import { criticalValue, normalQuantile } from './normal.ts';
import { normalProbability } from './normal-probability.ts';
import { wilsonInterval } from './wilson.ts';

/** Two subjects that are to be compared, each asked `trials` times. */
export interface PlannedComparison {
  /** The rates to reckon with, 0..1. */
  first: number;
  second: number;
  /** Of each subject; pairs, where they are asked the same. */
  trials: number;
  /** From `designEffect`; 1 where every trial has its own cluster. */
  designEffect?: number;
  /** How alike the two subjects end on one pair, −1..1; absent (0) where they are not paired. */
  correlation?: number;
  /** Two-sided. */
  alpha?: number;
}

/** A rate that is to be shown to lie on its side of a bound. */
export interface PlannedBound {
  rate: number;
  bound: number;
  trials: number;
  designEffect?: number;
  /** Of the two-sided interval that must clear the bound. */
  confidence?: number;
}

/**
 * The chance that the comparison will be significant, by the normal approximation:
 * Φ(|d|/(σ/√m) − z_{1−α/2}) + Φ(−|d|/(σ/√m) − z_{1−α/2}), d the difference, m = trials/designEffect and
 * σ² = p₁q₁ + p₂q₂ − 2r√(p₁q₁p₂q₂), r no further from 0 than two such rates allow. It is α where the rates are equal.
 *
 * That is the power of the interval, or of a test without continuity correction. Exact McNemar on few pairs that differ
 * finds less: 71 % where this says 80 % with 50 trials at 0.9, 76 % with 200, 78 % with 1,000.
 *
 * Source: Cohen (1988), Statistical Power Analysis, 2nd ed., ch. 2 and 6; for evaluations of models Miller (2024),
 * arXiv 2411.00640, §5.
 *
 * @throws RangeError where rates are not in 0..1 or nothing is planned
 */
export function powerOfComparison(plan: PlannedComparison): number {
  const { first, second, trials, designEffect = 1, correlation = 0, alpha = 0.05 } = plan;
  checkShares({ first, second });
  checkTrials(trials, designEffect);
  const difference = Math.abs(first - second);
  const deviation = deviationOf(first, second, correlation);
  const critical = criticalValue(1 - alpha);
  if (deviation === 0) return difference > 0 ? 1 : alpha;
  const shift = (difference * Math.sqrt(trials / designEffect)) / deviation;
  return normalProbability(shift - critical) + normalProbability(-shift - critical);
}

/**
 * The least drop from `first` that the comparison finds with the given power, (z_{1−α/2} + z_{power})·σ/√m, with σ as
 * in `powerOfComparison` at the dropped rate, so that it is solved for. Null where even a drop to 0 would be missed.
 *
 * Source: as `powerOfComparison`.
 *
 * @example detectableDrop({ first: 0.9, trials: 200 }, 0.8) // 0.0989…
 */
export function detectableDrop(
  plan: Omit<PlannedComparison, 'second'>,
  power = 0.8,
): number | null {
  const { first, trials, designEffect = 1, correlation = 0, alpha = 0.05 } = plan;
  checkShares({ first });
  checkTrials(trials, designEffect);
  const factor =
    (criticalValue(1 - alpha) + normalQuantile(power)) / Math.sqrt(trials / designEffect);
  const found = (drop: number): boolean =>
    drop >= factor * deviationOf(first, first - drop, correlation);
  if (!found(first)) return null;
  return boundary(0, first, found);
}

/**
 * The chance that the Wilson interval of the planned trials will lie wholly on the rate's side of the bound, by the
 * normal approximation: Φ((|p − b|·√m − z·√(b(1 − b))) / √(p(1 − p))), m = trials/designEffect.
 *
 * Source: Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, 3rd ed., §2.4.
 */
export function powerAgainstBound(plan: PlannedBound): number {
  const { rate, bound, trials, designEffect = 1, confidence = 0.95 } = plan;
  checkShares({ rate, bound });
  checkTrials(trials, designEffect);
  const excess =
    Math.abs(rate - bound) * Math.sqrt(trials / designEffect) -
    criticalValue(confidence) * Math.sqrt(bound * (1 - bound));
  const deviation = Math.sqrt(rate * (1 - rate));
  if (deviation === 0) return excess >= 0 ? 1 : 0;
  return normalProbability(excess / deviation);
}

/**
 * The least trials that give a Wilson interval no wider than twice `halfWidth`, should the rate come out as
 * reckoned with; a whole number.
 *
 * @throws RangeError where the half width is not above 0
 * @example trialsFor({ rate: 0.9, halfWidth: 0.05 }) // 141
 */
export function trialsFor(plan: {
  rate: number;
  halfWidth: number;
  designEffect?: number;
  confidence?: number;
}): number {
  const { rate, halfWidth, designEffect = 1, confidence = 0.95 } = plan;
  checkShares({ rate });
  if (!(halfWidth > 0)) {
    throw new RangeError(`A half width is above 0; got ${halfWidth}.`);
  }
  const enough = (trials: number): boolean => {
    const { low, high } = wilsonInterval(rate, trials / designEffect, confidence);
    return (high - low) / 2 <= halfWidth;
  };
  let most = 1;
  while (!enough(most)) most *= 2;
  let least = most / 2;
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    // Beyond 2⁵³ neighbours are more than 1 apart.
    if (middle <= least || middle >= most) break;
    if (enough(middle)) most = middle;
    else least = middle;
  }
  return most;
}

/** Of one pair's difference; subjects whose rates differ can't end alike on all pairs, whatever correlation is asked for. */
function deviationOf(first: number, second: number, correlation: number): number {
  const one = first * (1 - first);
  const other = second * (1 - second);
  const both = first * second;
  const most = Math.min(first, second) - both;
  const least = Math.max(0, first + second - 1) - both;
  const covariance = Math.min(most, Math.max(least, correlation * Math.sqrt(one * other)));
  return Math.sqrt(Math.max(0, one + other - 2 * covariance));
}

/** Where `holds` turns true between a low end at which it may not and a high end at which it does. */
function boundary(low: number, high: number, holds: (value: number) => boolean): number {
  let no = low;
  let yes = high;
  for (let step = 0; step < 60; step++) {
    const middle = (no + yes) / 2;
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

function checkShares(shares: Record<string, number>): void {
  for (const [name, share] of Object.entries(shares)) {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`${name} lies in 0..1; got ${share}.`);
  }
}

function checkTrials(trials: number, designEffect: number): void {
  if (!(trials > 0 && designEffect > 0)) {
    throw new RangeError(
      `A plan has trials and a design effect above 0; got ${trials} and ${designEffect}.`,
    );
  }
}
