/** @module stats/effective-trials How many independent trials a clustered, stratified sample is worth. */
import { type Cells, totalsOfClause } from './cells.ts';
import { type ClusterCorrelation, weightedClusterSize } from './cluster-correlation.ts';

/** A group of clauses, added up, and what its trials are worth. */
export interface Precision {
  trials: number;
  sum: number;
  sumOfSquares: number;
  /** Distinct clusters. */
  clusters: number;
  /** Does any cluster have more than one trial, so that their correlation matters? */
  clustered: boolean;
  /** Clauses that have trials. */
  strata: number;
  /** Independent trials drawn from one pot that would estimate the group's mean as well. */
  effective: number;
}

/**
 * What the trials of a group of clauses are worth.
 *
 * Clauses are fixed; the scenarios within a clause are a sample. So the variance of the group's mean is
 * V = Σ_c (n_c/n)² σ_c² d_c/n_c + 2 Σ_s Σ_{c<c'} m_sc m_sc' σ_c σ_c' ρ_across / n², with
 * d_c = 1 + (m_w − 1)ρ_within, and the group is worth σ²/V trials, σ² the variance of a trial drawn from all of it.
 *
 * A clause's own variance is a poor figure at 2 trials and none at 1; it is taken as s_c² + σ₀²/e_c, s_c² the plain
 * variance about the clause's mean and e_c = n_c/d_c. As E s_c² = σ_c²(1 − 1/e_c), that is unbiased where clauses
 * are alike, and never 0 because 3 of 3 came out alike. σ₀² is the variance within clauses, pooled, to which every
 * clause adds 4 trials' worth of σ²: (Σ e_c s_c² + 4Cσ²) / (Σ (e_c − 1) + 4C), at most σ².
 * One clause alone, or a group without any variance, is worth n/d.
 *
 * Source: Cochran (1977), Sampling Techniques, §5.3 (strata); Kish (1965), §8.2 (clusters);
 * Korn and Graubard (1998), Survey Methodology 24, 193–201 (effective sample size in a proportion's interval).
 */
export function effectiveTrials(
  cells: Cells,
  clauses: Iterable<number>,
  correlation: ClusterCorrelation,
): Precision {
  const group = [...new Set(clauses)].filter(
    (c) => (cells.start[c] as number) < (cells.start[c + 1] as number),
  );
  const strata = group.map((clause) => stratumOf(cells, clause, correlation.within));
  let trials = 0;
  let sum = 0;
  let sumOfSquares = 0;
  let inflated = 0;
  for (const stratum of strata) {
    trials += stratum.trials;
    sum += stratum.sum;
    sumOfSquares += stratum.sumOfSquares;
    inflated += stratum.trials * stratum.effect;
  }
  if (trials === 0) {
    return { trials, sum, sumOfSquares, clusters: 0, clustered: false, strata: 0, effective: 0 };
  }
  const spans = clustersOf(cells, group);
  inflated += correlation.across * spans.crossings(null);
  const plain = (trials * trials) / inflated;
  const variance = Math.max(0, sumOfSquares / trials - (sum / trials) ** 2);
  let effective = plain;
  if (group.length > 1 && variance > 1e-12 && plain > 1) {
    const total = variance / (1 - 1 / plain);
    const shared = sharedVariance(strata, total);
    const own = strata.map((s) => s.variance + (shared * s.effect) / s.trials);
    let spread = correlation.across * spans.crossings(own.map(Math.sqrt));
    for (const [i, s] of strata.entries()) spread += s.trials * s.effect * (own[i] as number);
    effective = (total * trials * trials) / spread;
  }
  const clustered = trials > spans.count;
  const counted = { trials, sum, sumOfSquares, clusters: spans.count, strata: group.length };
  return { ...counted, clustered, effective };
}

/** An interval's name with what was done to its trials: `Wilson, clustered by seed (correlation 0.21), …`. */
export function methodName(
  interval: string,
  precision: Precision,
  correlation: ClusterCorrelation,
): string {
  const parts = [interval];
  if (precision.clustered) {
    parts.push(`clustered by seed (correlation ${correlation.within.toFixed(2)})`);
  }
  if (precision.strata > 1) parts.push('stratified by clause');
  return parts.join(', ');
}

/**
 * Trials' worth of the group's variance that each clause adds to the variance within clauses: four, as Agresti and
 * Coull (1998) add to a proportion. With fewer, groups whose clauses are nearly all 0 or 1 were covered too seldom.
 */
const PRIOR_TRIALS = 4;

function sharedVariance(strata: Stratum[], total: number): number {
  let sum = 0;
  let freedom = 0;
  for (const { trials, effect, variance } of strata) {
    sum += (trials / effect) * variance + PRIOR_TRIALS * total;
    freedom += Math.max(0, trials / effect - 1) + PRIOR_TRIALS;
  }
  return Math.min(total, sum / freedom);
}

interface Stratum {
  trials: number;
  sum: number;
  sumOfSquares: number;
  variance: number;
  effect: number;
}

function stratumOf(cells: Cells, clause: number, correlation: number): Stratum {
  const from = cells.start[clause] as number;
  const to = cells.start[clause + 1] as number;
  const { trials, sum, sumOfSquares } = totalsOfClause(cells, clause);
  const variance = Math.max(0, sumOfSquares / trials - (sum / trials) ** 2);
  const effect = 1 + (weightedClusterSize(cells.size, from, to) - 1) * correlation;
  return { trials, sum, sumOfSquares, variance, effect };
}

/** The distinct clusters of a group, and Σ over pairs of their cells under two clauses of 2·m·m'·σ·σ'. */
function clustersOf(cells: Cells, group: number[]) {
  let count = 0;
  const seen = new Uint8Array(cells.clusterCount);
  for (const clause of group) {
    const to = cells.start[clause + 1] as number;
    for (let cell = cells.start[clause] as number; cell < to; cell++) {
      const cluster = cells.cluster[cell] as number;
      if (seen[cluster] === 0) count++;
      seen[cluster] = 1;
    }
  }
  const crossings = (deviations: number[] | null): number => {
    const before = new Float64Array(cells.clusterCount);
    let pairs = 0;
    for (const [i, clause] of group.entries()) {
      const deviation = deviations === null ? 1 : (deviations[i] as number);
      const to = cells.start[clause + 1] as number;
      for (let cell = cells.start[clause] as number; cell < to; cell++) {
        const cluster = cells.cluster[cell] as number;
        const most = (cells.size[cell] as number) * deviation;
        pairs += 2 * most * (before[cluster] as number);
        before[cluster] = (before[cluster] as number) + most;
      }
    }
    return pairs;
  };
  return { count, crossings };
}
