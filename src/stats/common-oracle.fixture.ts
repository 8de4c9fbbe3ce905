/** @module stats/common-oracle.fixture Values computed outside, for the tests: scripts/oracles/common.py made them. */
import { readFileSync } from 'node:fs';

interface ClusteredCase {
  name: string;
  clauseCount: number;
  outcomes: number[];
  clauses: number[];
  clusters: number[];
  estimate: number;
  standardError: number;
  low: number;
  high: number;
}

interface RepeatsCase {
  adheres: number[];
  repeats: number[];
  clusters: number[];
  tries: number;
  tooFewRepeats: number;
  estimate: number;
  low: number;
  high: number;
}

interface CommonOracle {
  normalProbability: [z: number, probability: number][];
  beta: [x: number, a: number, b: number, probability: number][];
  betaQuantile: [probability: number, a: number, b: number, x: number][];
  clopperPearson: [
    successes: number,
    trials: number,
    confidence: number,
    low: number,
    high: number,
  ][];
  newcombe: [
    firstShare: number,
    firstTrials: number,
    secondShare: number,
    secondTrials: number,
    confidence: number,
    low: number,
    high: number,
  ][];
  zeroEvents: [trials: number, confidence: number, bound: number][];
  mcnemar: [onlyFirst: number, onlySecond: number, probability: number][];
  score: [
    firstShare: number,
    firstTrials: number,
    secondShare: number,
    secondTrials: number,
    probability: number,
  ][];
  families: { probabilities: number[]; adjusted: number[] }[];
  comparisons: [
    first: number,
    second: number,
    trials: number,
    designEffect: number,
    correlation: number,
    alpha: number,
    power: number,
  ][];
  drops: [
    first: number,
    trials: number,
    designEffect: number,
    correlation: number,
    alpha: number,
    power: number,
    drop: number,
  ][];
  bounds: [
    rate: number,
    bound: number,
    trials: number,
    designEffect: number,
    confidence: number,
    power: number,
  ][];
  clustered: ClusteredCase[];
  bootstrap: { sums: number[]; sizes: number[]; low: number; high: number; variance: number };
  repeats: RepeatsCase[];
}

export const commonOracle: CommonOracle = JSON.parse(
  readFileSync(new URL('../../test/oracles/common.json', import.meta.url), 'utf8'),
);
