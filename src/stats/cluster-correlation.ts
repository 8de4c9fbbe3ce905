/** @module stats/cluster-correlation How alike the trials of one cluster are, learnt from all clauses at once. */
import { at, type Cells, totalsOfClause } from './cells.ts';
import type { Assumption } from './reasons.ts';

/** The correlation of trials that share a cluster, and what is known of it. */
export interface ClusterCorrelation {
  /** Two trials of one clause and one cluster: what the design effects use, in 0..1. */
  within: number;
  /** As the analysis of variance gives it, before the prior; null where nothing can be learnt. */
  measured: number | null;
  /** Share of `within` that comes from these data, the rest from the prior: 0..1. */
  credibility: number;
  /** Two trials of one cluster under different clauses: 0..1; it has no use where no cluster spans clauses. */
  across: number;
}

/** The mean of a correlation of which nothing is known. */
const PRIOR_MEAN = 1 / 2;

/**
 * The intra-cluster correlation of one subject, pooled over its clauses.
 *
 * One-way analysis of variance of clusters within clauses, clause means removed, sizes uneven:
 * ρ = (B − W) / (B + (m₀ − 1)W), where B and W are the mean squares between clusters of a clause (K − C degrees
 * of freedom) and within clusters (N − K), and m₀ = (N − Σ_c Σ_s m²_cs / n_c) / (K − C).
 *
 * A clause alone has too few clusters to show its own, and all together may still have too few. So the pooled
 * figure is drawn towards ½ by credibility weights, Z·ρ + (1 − Z)/2, and kept in 0..1. Z = J / (J + v/τ²), with
 * J = (K − C)·m₀(m₀ − 1)/2 pairs of trials, τ² = ¼ the variance of the widest prior there is (a cluster's trials
 * are all alike, or not alike at all), and v = κ/2 the variance of one pair's standardised product averaged over
 * that prior, κ the kurtosis of the values: Z = J / (J + 2κ). The rarer a violation, the greater κ, and the more
 * pairs it takes to learn how violations cluster.
 *
 * Trials of one cluster under different clauses are taken to be as alike as under one, as far as these data do not
 * show how alike they are: ρ_x = Z_x·r + (1 − Z_x)·ρ with r from the products of residuals and Z_x = J_x/(J_x + 2κ),
 * J_x the trials that speak of it. Were nothing known to mean no correlation, twelve clauses judged on one reply
 * would be twelve observations.
 *
 * Source: Donner (1986), International Statistical Review 54, 67–82 (analysis of variance);
 * Bühlmann (1967), ASTIN Bulletin 4, 199–207 (credibility).
 */
export function pooledClusterCorrelation(cells: Cells): ClusterCorrelation {
  const { measured, pairs } = analysisOfVariance(cells);
  const doubt = 2 * kurtosisOf(cells);
  const credibility = measured === null ? 0 : pairs / (pairs + doubt);
  const within = clamp(credibility * (measured ?? 0) + (1 - credibility) * PRIOR_MEAN);
  const crossing = acrossClauses(cells);
  const share = crossing.trials / (crossing.trials + doubt);
  const across = clamp(share * crossing.measured + (1 - share) * within);
  // No more alike under two clauses than under one, where that much is known.
  return {
    within,
    measured,
    credibility,
    across: Math.min(measured === null ? 1 : within, across),
  };
}

/** What a reader must know of the correlation where clusters have several trials; nothing where it is well known. */
export function correlationAssumed(correlation: ClusterCorrelation): Assumption[] {
  const { within, credibility } = correlation;
  if (credibility === 0) return [{ code: 'correlation-assumed', correlation: within }];
  if (credibility < 0.5) return [{ code: 'correlation-mostly-assumed', correlation: within }];
  return [];
}

/** Σm²/Σm: the size of the cluster that a trial drawn at random sits in. */
export function weightedClusterSize(sizes: ArrayLike<number>, from = 0, to = sizes.length): number {
  let sum = 0;
  let squares = 0;
  for (let i = from; i < to; i++) {
    sum += sizes[i] as number;
    squares += (sizes[i] as number) ** 2;
  }
  return sum === 0 ? 1 : squares / sum;
}

/**
 * How many times the variance of independent trials clusters of these sizes have: 1 + (m_w − 1)ρ, with
 * m_w = Σm²/Σm.
 *
 * Source: Kish (1965), Survey Sampling, §8.2; uneven sizes: Holt (1980), JRSS A 143, 496.
 */
export function designEffect(clusterSizes: ArrayLike<number>, correlation: number): number {
  return 1 + (weightedClusterSize(clusterSizes) - 1) * correlation;
}

function analysisOfVariance(cells: Cells): { measured: number | null; pairs: number } {
  let trials = 0;
  let clauses = 0;
  let between = 0;
  let within = 0;
  let sizeLoss = 0;
  for (let clause = 0; clause < cells.clauseCount; clause++) {
    const from = cells.start[clause] as number;
    const to = cells.start[clause + 1] as number;
    if (from === to) continue;
    let n = 0;
    let sum = 0;
    let ownSquares = 0;
    let sizeSquares = 0;
    for (let cell = from; cell < to; cell++) {
      const m = cells.size[cell] as number;
      n += m;
      sum += cells.sum[cell] as number;
      ownSquares += (cells.sum[cell] as number) ** 2 / m;
      within += (cells.sumOfSquares[cell] as number) - (cells.sum[cell] as number) ** 2 / m;
      sizeSquares += m * m;
    }
    between += ownSquares - (sum * sum) / n;
    sizeLoss += sizeSquares / n;
    trials += n;
    clauses++;
  }
  const clusters = cells.size.length;
  const betweenFreedom = clusters - clauses;
  const withinFreedom = trials - clusters;
  if (betweenFreedom === 0 || withinFreedom === 0) return { measured: null, pairs: 0 };
  const size = (trials - sizeLoss) / betweenFreedom;
  const meanBetween = between / betweenFreedom;
  const meanWithin = within / withinFreedom;
  const total = meanBetween + (size - 1) * meanWithin;
  if (!(total > 1e-12)) return { measured: null, pairs: 0 };
  return {
    measured: (meanBetween - meanWithin) / total,
    pairs: (betweenFreedom * size * (size - 1)) / 2,
  };
}

/** Fourth moment of outcomes (0, 1) or their differences (−1, 0, 1) about their mean, over the squared second. */
function kurtosisOf(cells: Cells): number {
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (let cell = 0; cell < cells.size.length; cell++) {
    n += cells.size[cell] as number;
    sum += cells.sum[cell] as number;
    squares += cells.sumOfSquares[cell] as number;
  }
  const mean = sum / n;
  const second = squares / n - mean * mean;
  if (!(second > 1e-12)) return 1;
  // For values in −1, 0, 1 the third power sums like the first and the fourth like the second.
  const fourth = squares / n - 4 * mean * mean + (6 * mean * mean * squares) / n - 3 * mean ** 4;
  return fourth / (second * second);
}

/**
 * Correlation of trials that share a cluster and not a clause: products of the cells' residual sums over what
 * they would be were the correlation 1, and the trials that speak of it: Σ M(1 − 1/k) over clusters of M trials under
 * k clauses. A clause whose trials all ended alike says nothing of it.
 */
function acrossClauses(cells: Cells): { measured: number; trials: number } {
  const residual = new Float64Array(cells.clusterCount);
  const scale = new Float64Array(cells.clusterCount);
  const sizes = new Float64Array(cells.clusterCount);
  const spans = new Float64Array(cells.clusterCount);
  let products = 0;
  let possible = 0;
  for (let clause = 0; clause < cells.clauseCount; clause++) {
    const from = cells.start[clause] as number;
    const to = cells.start[clause + 1] as number;
    const { trials: n, sum, sumOfSquares } = totalsOfClause(cells, clause);
    const variance = n === 0 ? 0 : sumOfSquares / n - (sum / n) ** 2;
    if (!(variance > 1e-12)) continue;
    const deviation = Math.sqrt(variance);
    for (let cell = from; cell < to; cell++) {
      const size = cells.size[cell] as number;
      const own = (cells.sum[cell] as number) - (size * sum) / n;
      const most = size * deviation;
      const cluster = cells.cluster[cell] as number;
      products += own * (residual[cluster] as number);
      possible += most * (scale[cluster] as number);
      residual[cluster] = (residual[cluster] as number) + own;
      scale[cluster] = (scale[cluster] as number) + most;
      sizes[cluster] = (sizes[cluster] as number) + size;
      spans[cluster] = (spans[cluster] as number) + 1;
    }
  }
  if (!(possible > 1e-12)) return { measured: 0, trials: 0 };
  let trials = 0;
  for (const [cluster, clauses] of spans.entries()) {
    if (clauses > 1) trials += at(sizes, cluster) * (1 - 1 / clauses);
  }
  return { measured: products / possible, trials };
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
