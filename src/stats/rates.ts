/** @module stats/rates The rate of each clause of one subject, and of any group of clauses. */
import { type Cells, countCells } from './cells.ts';
import {
  type ClusterCorrelation,
  correlationAssumed,
  pooledClusterCorrelation,
} from './cluster-correlation.ts';
import { effectiveTrials, methodName } from './effective-trials.ts';
import { cautioning, lacking } from './reasons.ts';
import type { Rate } from './types.ts';
import { wilsonInterval } from './wilson.ts';

/** The judged trials of one subject, one entry per trial in each array. */
export interface Trials {
  /** 1 where the subject adheres, 0 where it violates. */
  outcomes: Uint8Array;
  /** Place of the clause among the clauses, from 0. */
  clauses: Int32Array;
  /** The scenario's seed (its example or eval tag), numbered from 0. */
  clusters: Int32Array;
}

/** Rates of one subject, all from one tally and one pooled correlation. */
export interface RateTable {
  correlation: ClusterCorrelation;
  ofClause(clause: number): Rate;
  /** One rate for several clauses (a level, a kind, all), each weighing as many trials as it has. */
  ofClauses(clauses: Iterable<number>): Rate;
}

/**
 * Tallies the trials of one subject once and answers for any clause or group of clauses. Where all trials come from one
 * seed there are estimates and no intervals, and `reason` says so; a single trial has one.
 *
 * @example
 * const table = estimateRates({ outcomes, clauses, clusters }, clauseCount);
 * table.ofClause(3); // { estimate: 0.83, low: 0.55, high: 0.95, … }
 */
export function estimateRates(trials: Trials, clauseCount: number, confidence = 0.95): RateTable {
  const { outcomes, clauses, clusters } = trials;
  const cells = countCells({ values: outcomes, clauses, clusters }, clauseCount);
  const correlation = pooledClusterCorrelation(cells);
  const ofClauses = (group: Iterable<number>): Rate => {
    const rate = rateOf(cells, group, correlation, confidence);
    return isOneSeed(cells) && rate.trials > 1 ? withoutInterval(rate) : rate;
  };
  return { correlation, ofClause: (clause) => ofClauses([clause]), ofClauses };
}

/** Whether all trials come from one seed: what they show of others would be assumption alone. */
function isOneSeed({ cluster }: Cells): boolean {
  return cluster.every((id) => id === cluster[0]);
}

function withoutInterval({ cautions: _, ...rate }: Rate): Rate {
  return { ...rate, low: null, high: null, ...lacking('one-cluster') };
}

function rateOf(
  cells: Cells,
  clauses: Iterable<number>,
  correlation: ClusterCorrelation,
  confidence: number,
): Rate {
  const precision = effectiveTrials(cells, clauses, correlation);
  const { trials, sum: successes, clusters, effective } = precision;
  const base = { confidence, successes, trials, clusters };
  if (trials === 0) {
    const none = { estimate: null, low: null, high: null };
    return { ...base, ...none, method: 'Wilson', designEffect: 1, ...lacking('no-trial') };
  }
  const estimate = successes / trials;
  return {
    ...base,
    estimate,
    ...wilsonInterval(estimate, effective, confidence),
    method: methodName('Wilson', precision, correlation),
    designEffect: trials / effective,
    ...cautioning(precision.clustered ? correlationAssumed(correlation) : []),
  };
}
