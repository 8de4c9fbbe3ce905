import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { assertClose } from '../oracle.fixture.ts';
import { doubleSampling } from './double-sampling.ts';
import { roganGladen, seenThroughJudge } from './rogan-gladen.ts';
import { deviance, type Three } from './three-shares.ts';
import type { JudgeErrors, Observed } from './types.ts';

interface Oracle {
  throughErrors: {
    observed: Observed;
    errors: JudgeErrors;
    confidence: number;
    estimate: number;
    low: number;
    high: number;
    deviances: [rate: number, deviance: number][];
  }[];
  doubleSampling: { hits: Three; trials: Three; deviances: [rate: number, deviance: number][] }[];
}

const oracle: Oracle = JSON.parse(
  readFileSync(new URL('../../../test/oracles/judge-error.json', import.meta.url), 'utf8'),
);

describe('profile likelihoods of corrected rates', () => {
  for (const known of oracle.throughErrors) {
    it(`should agree with the oracle to 1e-9 through a judge’s record: ${JSON.stringify(known.observed)}`, () => {
      const seen = seenThroughJudge(known.observed, known.errors);
      for (const [rate, expected] of known.deviances) {
        assertClose(deviance(seen, rate), expected, `deviance at ${rate}`);
      }
      const rate = roganGladen(known.observed, known.errors, known.confidence);
      assertClose(rate.estimate, known.estimate, 'estimate');
      assertClose(rate.low, known.low, 'low');
      assertClose(rate.high, known.high, 'high');
    });
  }

  for (const { hits, trials, deviances } of oracle.doubleSampling) {
    it(`should agree with the oracle to 1e-9 in a double sample: ${hits} of ${trials}`, () => {
      for (const [rate, expected] of deviances) {
        const found = deviance({ link: doubleSampling, hits, trials }, rate);
        assertClose(found, expected, `deviance at ${rate}`);
      }
    });
  }
});
