/** @module stats/oracle.fixture Values computed outside, for the tests: scripts/oracles/stats.py made them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface OracleCorrelation {
  measured: number | null;
  credibility: number;
  within: number;
  across: number;
}

interface OracleEstimate {
  group: number[];
  estimate: number;
  effective: number;
  low: number;
  high: number;
}

interface OracleCase {
  name: string;
  clauseCount: number;
  first: number[];
  second: number[];
  clauses: number[];
  clusters: number[];
  correlation: OracleCorrelation;
  rates: OracleEstimate[];
  differenceCorrelation: OracleCorrelation;
  differences: OracleEstimate[];
}

interface Oracle {
  normal: [probability: number, quantile: number][];
  student: [probability: number, freedom: number, quantile: number][];
  wilson: [successes: number, trials: number, confidence: number, low: number, high: number][];
  newcombe: [
    both: number,
    onlyFirst: number,
    onlySecond: number,
    neither: number,
    confidence: number,
    low: number,
    high: number,
  ][];
  cases: OracleCase[];
}

export const oracle: Oracle = JSON.parse(
  readFileSync(new URL('../../test/oracles/stats.json', import.meta.url), 'utf8'),
);

/** Equal to 1e-9, relative to the expected value where that is above 1. */
export function assertClose(actual: number | null, expected: number | null, what: string): void {
  if (actual === null || expected === null) {
    assert.equal(actual, expected, what);
    return;
  }
  const room = 1e-9 * Math.max(1, Math.abs(expected));
  assert.ok(Math.abs(actual - expected) <= room, `${what}: ${actual} is not ${expected}`);
}
