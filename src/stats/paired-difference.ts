/** @module stats/paired-difference How far apart two subjects are on the same trials. */
import { at, type Cells, countCells } from './cells.ts';
import {
  type ClusterCorrelation,
  correlationAssumed,
  pooledClusterCorrelation,
} from './cluster-correlation.ts';
import { effectiveTrials, methodName } from './effective-trials.ts';
import { joinScoreIntervals } from './newcombe.ts';
import { cautioning, lacking } from './reasons.ts';
import type { Difference, Interval } from './types.ts';
import { wilsonInterval } from './wilson.ts';

/** Trials that two subjects share: same scenario, same clause, same repeat; one entry per pair in each array. */
export interface PairedTrials {
  /** 1 where the first subject adheres, 0 where it violates. */
  first: Uint8Array;
  /** The same for the second subject, in the same order. */
  second: Uint8Array;
  clauses: Int32Array;
  clusters: Int32Array;
}

/** Differences of two subjects, all from one tally and one pooled correlation. */
export interface DifferenceTable {
  correlation: ClusterCorrelation;
  ofClause(clause: number): Difference;
  ofClauses(clauses: Iterable<number>): Difference;
}

/** A fourfold table of pairs; counts need not be whole. */
export interface PairCounts {
  both: number;
  onlyFirst: number;
  onlySecond: number;
  neither: number;
}

/** Tallies the pairs once and answers for any clause or group of clauses: first minus second. */
export function estimateDifferences(
  pairs: PairedTrials,
  clauseCount: number,
  confidence = 0.95,
): DifferenceTable {
  const { first, second, clauses, clusters } = pairs;
  if (first.length !== second.length) {
    throw new RangeError(`Pairs need both subjects; got ${first.length} and ${second.length}.`);
  }
  const values = new Int8Array(first.length);
  const successes = new Float64Array(clauseCount);
  for (let i = 0; i < values.length; i++) values[i] = at(first, i) - at(second, i);
  const cells = countCells({ values, clauses, clusters }, clauseCount);
  for (let i = 0; i < values.length; i++) {
    const clause = at(clauses, i);
    successes[clause] = at(successes, clause) + at(first, i);
  }
  const correlation = pooledClusterCorrelation(cells);
  const of = (group: number[]) => differenceOf(cells, successes, group, correlation, confidence);
  return {
    correlation,
    ofClause: (clause) => of([clause]),
    ofClauses: (group) => of([...new Set(group)]),
  };
}

/**
 * The interval of a difference of two paired proportions: Wilson intervals of either proportion, joined with
 * the pairs' correlation (continuity-corrected φ). Never of zero width, never outside −1..1.
 *
 * Source: Newcombe (1998), Statistics in Medicine 17, 2635–2650, method 10.
 */
export function newcombePaired(counts: PairCounts, confidence = 0.95): Interval {
  const { both, onlyFirst, onlySecond, neither } = counts;
  const pairs = both + onlyFirst + onlySecond + neither;
  const firstShare = Math.min(1, (both + onlyFirst) / pairs);
  const secondShare = Math.min(1, (both + onlySecond) / pairs);
  const first = wilsonInterval(firstShare, pairs, confidence);
  const second = wilsonInterval(secondShare, pairs, confidence);
  const margins = [both + onlyFirst, onlySecond + neither, both + onlySecond, onlyFirst + neither];
  // Roots first: the product of four small margins could fall below the smallest number.
  const scale = margins.reduce((product, margin) => product * Math.sqrt(margin), 1);
  const covariance = both * neither - onlyFirst * onlySecond;
  const corrected = covariance > 0 ? Math.max(covariance - pairs / 2, 0) : covariance;
  const phi = scale > 0 ? corrected / scale : 0;
  return joinScoreIntervals(
    { share: firstShare, ...first },
    { share: secondShare, ...second },
    phi,
  );
}

function differenceOf(
  cells: Cells,
  successes: Float64Array,
  clauses: number[],
  correlation: ClusterCorrelation,
  confidence: number,
): Difference {
  const precision = effectiveTrials(cells, clauses, correlation);
  const { trials: pairs, sum, sumOfSquares, clusters, effective } = precision;
  // Differences are −1, 0 or 1: their squares count the pairs that differ.
  const onlyFirst = (sumOfSquares + sum) / 2;
  const onlySecond = (sumOfSquares - sum) / 2;
  const base = {
    method: methodName('Newcombe paired (method 10)', precision, correlation),
    confidence,
    pairs,
    onlyFirst,
    onlySecond,
    clusters,
    designEffect: pairs === 0 ? 1 : pairs / effective,
  };
  const none = { low: null, high: null };
  if (pairs === 0) {
    return { ...base, estimate: null, ...none, ...lacking('no-pair') };
  }
  const estimate = sum / pairs;
  if (clusters < 2) {
    return { ...base, estimate, ...none, ...lacking('one-cluster') };
  }
  let firsts = 0;
  for (const clause of clauses) firsts += at(successes, clause);
  const scale = effective / pairs;
  const interval = newcombePaired(
    {
      both: (firsts - onlyFirst) * scale,
      onlyFirst: onlyFirst * scale,
      onlySecond: onlySecond * scale,
      neither: (pairs - firsts - onlySecond) * scale,
    },
    confidence,
  );
  const assumed = precision.clustered ? correlationAssumed(correlation) : [];
  // Scaling to effective pairs may move the middle by a last digit.
  const low = Math.min(estimate, interval.low);
  const high = Math.max(estimate, interval.high);
  return { ...base, estimate, low, high, ...cautioning(assumed) };
}
