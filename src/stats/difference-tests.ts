/** @module stats/difference-tests How likely chance alone would set two subjects as far apart. */
import { regularisedBeta } from './incomplete-beta.ts';
import type { EffectiveShare } from './newcombe.ts';
import { normalProbability } from './normal-probability.ts';
import type { Difference, Rate } from './types.ts';

/**
 * The exact two-sided McNemar test: of the pairs that differ, is either side favoured? 2·P(X ≤ min(b, c)), X
 * binomial with b + c trials at ½, at most 1. Counts need not be whole (effective pairs): the binomial tail is taken
 * as an incomplete beta function, I_½(max, min + 1).
 *
 * Source: McNemar (1947), Psychometrika 12, 153–157; exact: Agresti (2013), Categorical Data Analysis,
 * 3rd ed., §11.1.
 *
 * @throws RangeError where a count is below 0
 * @example exactMcNemar(10, 2) // 0.0385…
 */
export function exactMcNemar(onlyFirst: number, onlySecond: number): number {
  if (!(onlyFirst >= 0 && onlySecond >= 0)) {
    throw new RangeError(`Counts are not below 0; got ${onlyFirst} and ${onlySecond}.`);
  }
  const most = Math.max(onlyFirst, onlySecond);
  if (most === 0) return 1;
  return Math.min(1, 2 * regularisedBeta(0.5, most, Math.min(onlyFirst, onlySecond) + 1));
}

/**
 * The two-sided score test of two independent shares being one: z = (p₁ − p₂) / √(p̄(1 − p̄)(1/n₁ + 1/n₂)) with p̄
 * the share of both together and n effective trials; 1 where both are wholly 0 or wholly 1.
 *
 * Source: Agresti (2013), Categorical Data Analysis, 3rd ed., §3.3.1 (its square is Pearson's chi-square).
 *
 * @throws RangeError where a share is not in 0..1 or nothing stands behind it
 */
export function scoreTest(first: EffectiveShare, second: EffectiveShare): number {
  for (const { share, effective } of [first, second]) {
    if (!(share >= 0 && share <= 1 && effective > 0)) {
      throw new RangeError(
        `A test needs shares in 0..1 of some trials; got ${share}, ${effective}.`,
      );
    }
  }
  const together =
    (first.share * first.effective + second.share * second.effective) /
    (first.effective + second.effective);
  const variance = together * (1 - together) * (1 / first.effective + 1 / second.effective);
  if (variance <= 0) return 1;
  return 2 * normalProbability(-Math.abs(first.share - second.share) / Math.sqrt(variance));
}

/**
 * The probability of a paired difference as large by chance: exact McNemar on effective pairs. Strata that make a
 * difference more precise than independent pairs (a design effect below 1) are no help to it. Null where there
 * are under two seeds.
 */
export function probabilityOfPaired(difference: Difference): number | null {
  const { onlyFirst, onlySecond, clusters, designEffect } = difference;
  if (clusters < 2) return null;
  const effect = Math.max(1, designEffect);
  return exactMcNemar(onlyFirst / effect, onlySecond / effect);
}

/**
 * The probability of two rates of unshared trials being as far apart by chance: the score test on the effective
 * trials of each. Null where either has no trial, under two seeds, or no interval.
 */
export function probabilityOfUnpaired(first: Rate, second: Rate): number | null {
  if (first.estimate === null || second.estimate === null) return null;
  if (first.clusters < 2 || second.clusters < 2) return null;
  if (first.low === null || second.low === null) return null;
  return scoreTest(
    { share: first.estimate, effective: first.trials / first.designEffect },
    { share: second.estimate, effective: second.trials / second.designEffect },
  );
}
