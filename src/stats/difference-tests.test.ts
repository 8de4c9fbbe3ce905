import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { plantPairs, plantTrials } from '../../test/simulation/planted-trials.ts';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { clusteredRates } from './clustered-error.ts';
import { commonOracle } from './common-oracle.fixture.ts';
import {
  exactMcNemar,
  probabilityOfPaired,
  probabilityOfUnpaired,
  scoreTest,
} from './difference-tests.ts';
import { differenceOfRates, newcombe } from './newcombe.ts';
import { assertClose } from './oracle.fixture.ts';
import { estimateDifferences } from './paired-difference.ts';
import { seededRandom } from './random.ts';
import { estimateRates } from './rates.ts';
import { wilson } from './wilson.ts';

const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const effective = fc.double({ min: 0.5, max: 1e6, noNaN: true });

describe('Newcombe interval of independent shares', () => {
  it('should agree with the oracle to 1e-9, the worked example of its paper included', () => {
    for (const [p1, n1, p2, n2, confidence, low, high] of commonOracle.newcombe) {
      const first = { share: p1, effective: n1 };
      const interval = newcombe(first, { share: p2, effective: n2 }, confidence);
      assertClose(interval.low, low, `low of ${p1} − ${p2}`);
      assertClose(interval.high, high, `high of ${p1} − ${p2}`);
    }
    const { low, high } = newcombe(
      { share: 56 / 70, effective: 70 },
      { share: 0.6, effective: 80 },
    );
    assert.deepEqual([low.toFixed(4), high.toFixed(4)], ['0.0524', '0.3339']);
  });

  it('should hold the difference, turn round, stay in −1..1 and never have zero width', () => {
    fc.assert(
      fc.property(share, effective, share, effective, (p, n, q, m) => {
        const first = { share: p, effective: n };
        const second = { share: q, effective: m };
        const { low, high } = newcombe(first, second);
        const turned = newcombe(second, first);
        assert.ok(-1 <= low && low <= p - q && p - q <= high && high <= 1 && low < high);
        assertClose(turned.low, -high, 'low');
        assertClose(turned.high, -low, 'high');
      }),
    );
  });
});

describe('tests of a difference', () => {
  it('should agree with scipy and statsmodels to 1e-9', () => {
    for (const [b, c, p] of commonOracle.mcnemar) assertClose(exactMcNemar(b, c), p, `${b}, ${c}`);
    for (const [p1, n1, p2, n2, p] of commonOracle.score) {
      const first = { share: p1, effective: n1 };
      assertClose(scoreTest(first, { share: p2, effective: n2 }), p, `${p1} of ${n1}`);
    }
    assert.equal(exactMcNemar(0, 0), 1);
    assert.equal(scoreTest({ share: 1, effective: 9 }, { share: 1, effective: 4 }), 1);
    assert.throws(() => exactMcNemar(-1, 2), RangeError);
    assert.throws(
      () => scoreTest({ share: 1, effective: 0 }, { share: 1, effective: 4 }),
      RangeError,
    );
  });

  it('should call equal subjects different at most as often as asked, seeds being alike', () => {
    const random = seededRandom(29);
    const plan = Array.from({ length: 60 }, () => ({ clause: 0, scenarios: 2, repeats: 2 }));
    const correlation = { cluster: 0.5 };
    const audits = 800;
    let paired = 0;
    let unpaired = 0;
    let naive = 0;
    for (let audit = 0; audit < audits; audit++) {
      const rates = { first: [0.8], second: [0.8], shared: 0 };
      const pairs = plantPairs(random, plan, rates, correlation);
      const difference = estimateDifferences(pairs, 1).ofClause(0);
      if ((probabilityOfPaired(difference) ?? 1) <= 0.05) paired++;
      if (exactMcNemar(difference.onlyFirst, difference.onlySecond) <= 0.05) naive++;
      const first = estimateRates(plantTrials(random, plan, [0.8], correlation), 1).ofClause(0);
      const second = estimateRates(plantTrials(random, plan, [0.8], correlation), 1).ofClause(0);
      if ((probabilityOfUnpaired(first, second) ?? 1) <= 0.05) unpaired++;
    }
    assert.ok(paired / audits <= 0.065, `paired: ${paired} of ${audits}`);
    assert.ok(unpaired / audits >= 0.03 && unpaired / audits <= 0.07, `unpaired: ${unpaired}`);
    assert.ok(naive / audits > 0.09, `taken for independent: ${naive}`);
  });

  it('should say nothing of a single seed or of no trial', () => {
    const one = estimateRates(
      {
        outcomes: Uint8Array.of(1, 0),
        clauses: Int32Array.of(0, 0),
        clusters: Int32Array.of(0, 0),
      },
      2,
    );
    assert.equal(probabilityOfUnpaired(one.ofClause(0), one.ofClause(0)), null);
    assert.equal(probabilityOfUnpaired(one.ofClause(1), one.ofClause(0)), null);
    assert.equal(differenceOfRates(one.ofClause(0), one.ofClause(0)).low, null);
    assert.equal(
      differenceOfRates(one.ofClause(0), one.ofClause(1)).reason,
      'the second rate counts no trial',
    );
    const pairs = {
      first: Uint8Array.of(1, 1),
      second: Uint8Array.of(0, 0),
      clauses: Int32Array.of(0, 0),
      clusters: Int32Array.of(0, 0),
    };
    assert.equal(probabilityOfPaired(estimateDifferences(pairs, 1).ofClause(0)), null);
  });
});

describe('differences of rates without an interval', () => {
  it('should give the reason, and neither an interval nor a probability', () => {
    const alike = {
      outcomes: Uint8Array.of(1, 0, 1, 0),
      clauses: new Int32Array(4),
      clusters: Int32Array.of(0, 0, 1, 1),
    };
    const [bare] = clusteredRates(alike, 1, [[0]]);
    assert.ok(bare);
    const { estimate, low, high, reason } = differenceOfRates(bare, wilson(3, 4));
    assert.deepEqual([estimate, low, high, reason], [-0.25, null, null, bare.reason]);
    assert.equal(probabilityOfUnpaired(wilson(3, 4), bare), null);
  });

  it('should pass on what either rate takes for granted', () => {
    const assumed = { code: 'correlation-assumed', correlation: 0.5 } as const;
    const first = { ...wilson(3, 4), cautions: [assumed] };
    const second = { ...wilson(3, 4), cautions: [{ ...assumed, correlation: 0.3 }] };
    const both = [...first.cautions, ...second.cautions];
    assert.deepEqual(differenceOfRates(first, second).cautions, both);
    assert.deepEqual(differenceOfRates(first, first).cautions, first.cautions);
  });
});

describe('Benjamini–Hochberg', () => {
  it('should agree with statsmodels to 1e-9', () => {
    for (const { probabilities, adjusted } of commonOracle.families) {
      for (const [i, own] of benjaminiHochberg(probabilities).entries()) {
        assertClose(own, adjusted[i] ?? null, `test ${i} of ${probabilities.length}`);
      }
    }
    assert.deepEqual(benjaminiHochberg([]), []);
    assert.throws(() => benjaminiHochberg([0.2, 1.2]), RangeError);
  });

  it('should keep the order, never lower a probability, and call none of a null family too often', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }),
        (list) => {
          const adjusted = benjaminiHochberg(list);
          for (const [i, p] of list.entries()) {
            assert.ok((adjusted[i] ?? 0) >= p && (adjusted[i] ?? 2) <= 1);
            for (const [j, q] of list.entries())
              if (p < q) assert.ok((adjusted[i] ?? 2) <= (adjusted[j] ?? 0));
          }
        },
      ),
    );
    const random = seededRandom(5);
    let families = 0;
    for (let i = 0; i < 2000; i++) {
      const family = Array.from({ length: 40 }, () => random());
      if (benjaminiHochberg(family).some((p) => p <= 0.05)) families++;
    }
    assert.ok(families / 2000 > 0.03 && families / 2000 < 0.065, `${families} of 2000`);
  });
});
