/**
 * @module features/audit/audit/detectable
 * What a plan could tell apart, before anything is asked: the smallest drop between two subjects, the bound that a rate
 * could be shown to lie above, and the trials that one clause needs.
 */
import {
  designEffect,
  detectableDrop,
  powerAgainstBound,
  sum,
  trialsFor,
} from '../../../stats/index.ts';

import type { Detectable, DetectableEstimate } from './schema.ts';

/** What is reckoned with: the rate, and how alike trials of one seed come out. */
export interface DetectableSettings {
  adherence: number;
  correlation: number;
  subjects: number;
}

const POWER = 0.8;
const ALPHA = 0.05;
const HALF_WIDTHS = [0.1, 0.05];

/**
 * Under so many expected outcomes of a kind the normal approximation promises too much, and no figure is given.
 *
 * Source: Cochran (1954), Biometrics 10, 417–451.
 */
const LEAST_EXPECTED = 5;

/**
 * What a plan could show, by the normal approximations of `stats/power`. Two subjects are taken to differ on a scenario
 * as if by chance; where they fail on the same ones a smaller drop is found.
 *
 * @param clauses for each tested clause the trials of each of its seeds, by the seed's name, for one subject
 */
export function detectableBy(
  clauses: readonly ReadonlyMap<string, number>[],
  settings: DetectableSettings,
): Detectable {
  const { adherence, subjects } = settings;
  const each = clauses
    .map((sizes) => figuresOf([...sizes.values()], settings))
    .toSorted((a, b) => a.effective - b.effective);
  return {
    power: POWER,
    alpha: ALPHA,
    against: subjects > 1 ? 'subject' : 'later_run',
    overall: figuresOf(togetherBySeed(clauses), settings),
    medianClause: each[Math.floor(each.length / 2)] ?? null,
    trialsFor: HALF_WIDTHS.map((halfWidth) => ({
      halfWidth,
      trials: trialsFor({ rate: adherence, halfWidth, confidence: 1 - ALPHA }),
    })),
  };
}

/**
 * The trials of each seed over several clauses. Nothing is known yet of how alike trials of one seed are under different
 * clauses, so they are taken to be as alike as under one.
 */
export function togetherBySeed(clauses: readonly ReadonlyMap<string, number>[]): number[] {
  const together = new Map<string, number>();
  for (const sizes of clauses) {
    // A seed that was not met yet has no trials.
    for (const [seed, trials] of sizes) together.set(seed, (together.get(seed) ?? 0) + trials);
  }
  return [...together.values()];
}

function figuresOf(
  sizes: readonly number[],
  { adherence, correlation }: DetectableSettings,
): DetectableEstimate {
  const trials = sum(sizes);
  const effect = designEffect(sizes, correlation);
  const effective = trials / effect;
  if (effective * Math.min(adherence, 1 - adherence) < LEAST_EXPECTED) {
    return { trials, effective, drop: null, bound: null };
  }
  const plan = { trials, designEffect: effect };
  return {
    trials,
    effective,
    drop: detectableDrop({ ...plan, first: adherence, alpha: ALPHA }, POWER),
    bound: highestBound(
      (bound) => powerAgainstBound({ ...plan, rate: adherence, bound, confidence: 1 - ALPHA }),
      adherence,
    ),
  };
}

/** The bound below the rate at which the power comes down to what is asked; it falls as bounds rise to the rate. */
function highestBound(powerAt: (bound: number) => number, rate: number): number | null {
  if (powerAt(0) < POWER) return null;
  let low = 0;
  let high = rate;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (powerAt(middle) >= POWER) low = middle;
    else high = middle;
  }
  return low;
}
