/** @module stats/sequential/oracle.fixture Values computed outside: scripts/oracles/sequential.py made them. */
import { readFileSync } from 'node:fs';

type Ends = [draws: number, low: number, high: number];

interface Oracle {
  cases: {
    draws: number[];
    precision: number | null;
    confidence: number;
    betting: Ends[];
    empiricalBernstein: Ends[];
  }[];
}

export const oracle: Oracle = JSON.parse(
  readFileSync(new URL('../../../test/oracles/sequential.json', import.meta.url), 'utf8'),
);
