/** @module test/simulation/planted-trials Audits with known rates, to see whether intervals hold what they promise. */
import type { PairedTrials } from '../../src/stats/paired-difference.ts';
import type { Random } from '../../src/stats/random.ts';
import type { Trials } from '../../src/stats/rates.ts';

/** One cluster of a planned audit: its clause and how many scenarios, each asked how often. */
export interface PlannedCluster {
  clause: number;
  scenarios: number;
  repeats: number;
}

/** How alike the outcomes are, beyond the clause's rate. */
export interface PlantedCorrelation {
  /** Of two scenarios of one cluster, 0..1. */
  cluster: number;
  /** Of two repeats of one scenario; by default as of two scenarios. */
  scenario?: number;
}

/**
 * Outcomes for a plan, with the clause's rate for every trial and exactly the correlations asked for. A cluster,
 * its scenarios and their repeats each toss a coin of the clause's rate, but a repeat takes over its scenario's
 * with probability β, and a scenario its cluster's with probability α: β² = ρ_scenario, α²β² = ρ_cluster.
 */
export function plantTrials(
  random: Random,
  plan: PlannedCluster[],
  rates: ArrayLike<number>,
  correlation: PlantedCorrelation,
): Trials {
  const ofScenario = Math.max(correlation.cluster, correlation.scenario ?? correlation.cluster);
  const takesScenario = Math.sqrt(ofScenario);
  const takesCluster = ofScenario === 0 ? 0 : Math.sqrt(correlation.cluster / ofScenario);
  const trials = plan.reduce((sum, cluster) => sum + cluster.scenarios * cluster.repeats, 0);
  const outcomes = new Uint8Array(trials);
  const clauses = new Int32Array(trials);
  const clusters = new Int32Array(trials);
  const coin = (rate: number): number => (random() < rate ? 1 : 0);
  let trial = 0;
  for (let index = 0; index < plan.length; index++) {
    const { clause, scenarios, repeats } = plan[index] as PlannedCluster;
    const rate = rates[clause] ?? 0;
    const clusterCoin = coin(rate);
    for (let scenario = 0; scenario < scenarios; scenario++) {
      const scenarioCoin = random() < takesCluster ? clusterCoin : coin(rate);
      for (let repeat = 0; repeat < repeats; repeat++) {
        outcomes[trial] = random() < takesScenario ? scenarioCoin : coin(rate);
        clauses[trial] = clause;
        clusters[trial] = index;
        trial++;
      }
    }
  }
  return { outcomes, clauses, clusters };
}

/**
 * Two subjects on the same trials. A trial of the second ends as the first one's did with probability `shared`, so
 * that its rate is shared·first + (1 − shared)·second and the planted difference (1 − shared)·(first − second).
 */
export function plantPairs(
  random: Random,
  plan: PlannedCluster[],
  rates: { first: ArrayLike<number>; second: ArrayLike<number>; shared: number },
  correlation: PlantedCorrelation,
): PairedTrials {
  const first = plantTrials(random, plan, rates.first, correlation);
  const second = plantTrials(random, plan, rates.second, correlation).outcomes;
  for (let i = 0; i < second.length; i++) {
    if (random() < rates.shared) second[i] = first.outcomes[i] ?? 0;
  }
  return { first: first.outcomes, second, clauses: first.clauses, clusters: first.clusters };
}
