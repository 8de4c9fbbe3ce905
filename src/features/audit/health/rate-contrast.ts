/**
 * @module features/audit/health/rate-contrast
 * How often something happens under one clause, against how often it happens under all others.
 */
import { estimateRates, fisherExact, type RateTable } from '../../../stats/index.ts';

/** One observation of whether it happens. */
export interface Observation {
  clause: number;
  /** The scenario's seed. */
  cluster: number;
  hit: boolean;
  /** Where to read it: index of the transcript; −1 where it is none. */
  transcript: number;
}

/** What the observations under one clause come to. */
export interface RateContrast {
  hits: number;
  trials: number;
  /** Seeds observed. */
  seeds: number;
  elsewhere: { hits: number; trials: number };
  /** How many observations are worth one independent one, since those of one seed are alike; 1 or more. */
  designEffect: number;
  /** The chance of a share as far above that elsewhere where there is nothing about the clause. */
  probability: number;
  /** The smallest probability that the test could have had. */
  least: number;
  /** The seed with most of the hits, and whether it has them so much oftener than the others that it is the cause. */
  seed: { cluster: number; hits: number; concentrated: boolean };
  /** Transcripts that were hit, spread over seeds. */
  evidence: number[];
}

/** Under fewer observations nothing is said of a clause. */
export const MINIMUM_OBSERVATIONS = 8;

/** Transcripts named as evidence. */
export const EVIDENCE_NAMED = 5;

/** Trouble comes from one seed where it has it so many times as often as the clause's other seeds. */
const CONCENTRATED = 5;

/** Hits of one seed, fewer of which are no pattern. */
const FEWEST_OF_SEED = 4;

/** Chance of the seed with most hits standing as far above the others, where hits are spread over seeds by chance. */
const CONCENTRATION_LEVEL = 0.01;

/**
 * The contrast of every clause with at least 8 observations, by its index; others are absent. Fisher's exact test of
 * one share above the other, on as many observations as are left once those of one seed are reckoned alike (the pooled
 * correlation of `estimateRates`): hits are rounded down, so that rounding is never taken for a signal.
 */
export function contrastRates(
  observations: readonly Observation[],
  clauseCount: number,
): Map<number, RateContrast> {
  const rates = ratesOf(observations, clauseCount, ({ hit }) => hit);
  const groups = Map.groupBy(observations, ({ clause }) => clause);
  const found = new Map<number, RateContrast>();
  for (const [clause, own] of groups) {
    const others = [...groups.keys()].filter((other) => other !== clause);
    const here = rates.ofClause(clause);
    const elsewhere = rates.ofClauses(others);
    if (Math.min(here.trials, elsewhere.trials) < MINIMUM_OBSERVATIONS) continue;
    const designEffect = Math.max(1, here.designEffect);
    const [one, other] = [
      effectiveCounts(here.successes, here.trials, designEffect),
      effectiveCounts(elsewhere.successes, elsewhere.trials, Math.max(1, elsewhere.designEffect)),
    ];
    found.set(clause, {
      hits: here.successes,
      trials: here.trials,
      seeds: here.clusters,
      elsewhere: { hits: elsewhere.successes, trials: elsewhere.trials },
      designEffect,
      probability: fisherExact(one.hits, one.trials, other.hits, other.trials),
      least: fisherExact(one.trials, one.trials, other.hits, other.trials),
      seed: heaviestSeed(own),
      evidence: spread(own),
    });
  }
  return found;
}

/**
 * Of every clause with three seeds or more: the seed that is hit most against the clause's other seeds. Observations of
 * the seed count one by one, since the question is about the seed itself; the chance is multiplied by how many seeds
 * could have been the one (Bonferroni).
 */
export function contrastSeeds(observations: readonly Observation[]): Map<number, RateContrast> {
  const found = new Map<number, RateContrast>();
  for (const [clause, own] of Map.groupBy(observations, (one) => one.clause)) {
    const seeds = new Set(own.map(({ cluster }) => cluster)).size;
    if (own.length < MINIMUM_OBSERVATIONS || seeds < 3) continue;
    const seed = heaviestSeed(own);
    const within = own.filter(({ cluster }) => cluster === seed.cluster);
    const others = own.length - within.length;
    const all = own.filter(({ hit }) => hit).length;
    const chance = fisherExact(seed.hits, within.length, all - seed.hits, others);
    found.set(clause, {
      hits: seed.hits,
      trials: within.length,
      seeds,
      elsewhere: { hits: all - seed.hits, trials: others },
      designEffect: 1,
      probability: seed.concentrated ? Math.min(1, chance * seeds) : 1,
      least: Math.min(1, fisherExact(within.length, within.length, 0, others) * seeds),
      seed,
      evidence: spread(within),
    });
  }
  return found;
}

/** How often it is so under each clause, observations of one seed reckoned alike. */
export function ratesOf(
  observations: readonly Observation[],
  clauseCount: number,
  isSo: (one: Observation) => boolean,
): RateTable {
  return estimateRates(
    {
      outcomes: Uint8Array.from(observations, (one) => (isSo(one) ? 1 : 0)),
      clauses: Int32Array.from(observations, ({ clause }) => clause),
      clusters: Int32Array.from(observations, ({ cluster }) => cluster),
    },
    clauseCount,
  );
}

/** Whole hits and trials that a clustered count is worth; hits rounded down. */
export function effectiveCounts(
  hits: number,
  trials: number,
  designEffect: number,
): { hits: number; trials: number } {
  const worth = Math.max(1, Math.floor(trials / designEffect + 1e-9));
  return { hits: Math.min(worth, Math.floor((hits / trials) * worth + 1e-9)), trials: worth };
}

function heaviestSeed(observations: readonly Observation[]): RateContrast['seed'] {
  const seeds = [...Map.groupBy(observations, ({ cluster }) => cluster)].map(([cluster, own]) => ({
    cluster,
    hits: own.filter(({ hit }) => hit).length,
    trials: own.length,
  }));
  const most = seeds.reduce((a, b) => (b.hits > a.hits ? b : a));
  const all = seeds.reduce((sum, { hits }) => sum + hits, 0);
  const others = { hits: all - most.hits, trials: observations.length - most.trials };
  const probability = fisherExact(most.hits, most.trials, others.hits, others.trials);
  const isPattern =
    most.hits >= FEWEST_OF_SEED &&
    others.trials > 0 &&
    most.hits / most.trials >= (CONCENTRATED * others.hits) / others.trials;
  return {
    cluster: most.cluster,
    hits: most.hits,
    concentrated: isPattern && probability <= CONCENTRATION_LEVEL,
  };
}

/** Transcripts that were hit, taken in turn from each seed. */
function spread(observations: readonly Observation[]): number[] {
  const hits = observations.filter(({ hit, transcript }) => hit && transcript >= 0);
  const queues = [...Map.groupBy(hits, ({ cluster }) => cluster).values()];
  const taken = new Set<number>();
  for (let round = 0; queues.some(({ length }) => round < length); round++) {
    for (const queue of queues) {
      const one = queue[round];
      if (one !== undefined && taken.size < EVIDENCE_NAMED) taken.add(one.transcript);
    }
  }
  return [...taken];
}
