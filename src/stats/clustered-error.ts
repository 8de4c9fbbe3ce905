/** @module stats/clustered-error The standard error of a rate whose clusters, not its trials, are the sample. */
import { at, type Cells, cellsOf, countCells, totalsOfClause } from './cells.ts';
import { freedomOf, type Strata, strataOf } from './cluster-strata.ts';
import type { Trials } from './rates.ts';
import { type Caution, cautioning, lacking } from './reasons.ts';
import { studentQuantile } from './student.ts';
import { sum } from './sum.ts';
import type { Rate } from './types.ts';
import { scoreInterval } from './wilson.ts';

/** A rate with its clustered standard error and the interval that follows from it. */
export interface ClusteredRate extends Rate {
  /** Null where it can't be estimated; `reason` says why. */
  standardError: number | null;
}

/**
 * The rate of each group of clauses with its cluster-robust standard error.
 *
 * With residual sums e_s = x_s − p·m_s of each cluster s (x successes in m trials of the group) and strata h of n_h
 * clusters: V = Σ_h n_h/(n_h − 1) · Σ_s (e_s − ē_h)² / n². For one clause this is the sandwich estimator with
 * the correction for few clusters, C/(C − 1) (CR1). The interval is Wilson's on p(1 − p)/V effective
 * trials, with Student's t for z, of as many degrees of freedom as clusters less strata: near 0 and 1 plain p ± t·√V is
 * lopsided and covered 91 % where this one covers 94 %. Under two clusters, or without any spread, there is none.
 *
 * Source: Liang and Zeger (1986), Biometrika 73, 13–22 (sandwich); Cochran (1977), Sampling Techniques, §11.8 and
 * §5.3 (ratio estimates in strata); Korn and Graubard (1998), Survey Methodology 24, 193–201 (effective trials); for
 * evaluations of models Miller (2024), arXiv 2411.00640.
 */
export function clusteredRates(
  trials: Trials,
  clauseCount: number,
  groups: readonly (readonly number[])[],
  confidence = 0.95,
): ClusteredRate[] {
  const { outcomes, clauses, clusters } = trials;
  const cells = countCells({ values: outcomes, clauses, clusters }, clauseCount);
  const strata = strataOf([cells]);
  return groups.map((group) => rateOf(cells, strata, [...new Set(group)], confidence));
}

function rateOf(
  cells: Cells,
  strata: Strata,
  group: readonly number[],
  confidence: number,
): ClusteredRate {
  const { trials, successes } = totalsOf(cells, group);
  const { clusters, freedom } = freedomOf(cells, group, strata);
  const base = {
    method: 'clustered standard error by seed, Wilson with Student’s t',
    confidence,
    successes,
    trials,
    clusters,
    designEffect: 1,
  };
  const none = { low: null, high: null, standardError: null };
  if (trials === 0) return { ...base, estimate: null, ...none, ...lacking('no-trial') };
  const estimate = successes / trials;
  if (clusters < 2) return { ...base, estimate, ...none, ...lacking('one-cluster') };
  const variance = residualVariance(cells, strata, group, estimate) / (trials * trials);
  // Residuals of equal clusters are 0 up to rounding.
  if (variance < 1e-24) return { ...base, estimate, ...none, ...lacking('no-spread') };
  const standardError = Math.sqrt(variance);
  const effective = (estimate * (1 - estimate)) / variance;
  const critical = studentQuantile((1 + confidence) / 2, freedom);
  return {
    ...base,
    estimate,
    standardError,
    ...scoreInterval(estimate, effective, critical),
    designEffect: trials / effective,
    ...cautioning(lopsidedCautions(cells, group)),
  };
}

/** Under so many clusters of a kind, intervals that rest on the spread of clusters were seen to be too narrow. */
const ENOUGH_OF_A_KIND = 5;

/**
 * What a reader must know where hardly any cluster holds a success, or hardly any a failure: with the spread of so
 * few, the interval is too narrow. Nothing where there are enough of both.
 */
export function lopsidedCautions(cells: Cells, group: readonly number[]): Caution[] {
  const adhering = new Set<number>();
  const violating = new Set<number>();
  for (const cell of cellsOf(cells, group)) {
    if (at(cells.sum, cell) > 0) adhering.add(at(cells.cluster, cell));
    if (at(cells.sum, cell) < at(cells.size, cell)) violating.add(at(cells.cluster, cell));
  }
  const clusters = Math.min(adhering.size, violating.size);
  if (clusters >= ENOUGH_OF_A_KIND) return [];
  const of = adhering.size < violating.size ? 'adheres' : 'violates';
  return [{ code: 'few-clusters', clusters, of }];
}

/** Trials and successes of some clauses together. */
export function totalsOf(
  cells: Cells,
  group: readonly number[],
): { trials: number; successes: number } {
  const totals = group.map((clause) => totalsOfClause(cells, clause));
  return {
    trials: sum(totals.map((own) => own.trials)),
    successes: sum(totals.map((own) => own.sum)),
  };
}

function residualVariance(
  cells: Cells,
  { start, members }: Strata,
  group: readonly number[],
  estimate: number,
): number {
  const residual = new Float64Array(cells.clusterCount);
  for (const cell of cellsOf(cells, group)) {
    const cluster = at(cells.cluster, cell);
    const own = at(cells.sum, cell) - estimate * at(cells.size, cell);
    residual[cluster] = at(residual, cluster) + own;
  }
  let variance = 0;
  for (let stratum = 0; stratum + 1 < start.length; stratum++) {
    const own = members.subarray(at(start, stratum), at(start, stratum + 1));
    if (own.length < 2) continue;
    const residuals = Array.from(own, (cluster) => at(residual, cluster));
    const mean = sum(residuals) / own.length;
    const squares = sum(residuals.map((one) => (one - mean) ** 2));
    variance += (own.length / (own.length - 1)) * squares;
  }
  return variance;
}
