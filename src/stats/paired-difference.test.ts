import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { measureDifferenceCoverage } from '../../test/simulation/coverage.ts';
import { assertClose, oracle } from './oracle.fixture.ts';
import { estimateDifferences, newcombePaired, type PairedTrials } from './paired-difference.ts';

interface Row {
  first: number;
  second: number;
  clause: number;
  cluster: number;
}

const clauseCount = 4;
const all = [0, 1, 2, 3];
const bit = fc.integer({ min: 0, max: 1 });
const rows = fc.array(
  fc.record({ first: bit, second: bit, clause: fc.nat(clauseCount - 1), cluster: fc.nat(8) }),
  { minLength: 1, maxLength: 50 },
);
const count = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1000, noNaN: true }));

function pairsOf(list: Row[]): PairedTrials {
  return {
    first: Uint8Array.from(list, (row) => row.first),
    second: Uint8Array.from(list, (row) => row.second),
    clauses: Int32Array.from(list, (row) => row.clause),
    clusters: Int32Array.from(list, (row) => row.cluster),
  };
}

describe('Newcombe paired interval', () => {
  it('should agree with the oracle to 1e-9', () => {
    for (const [both, onlyFirst, onlySecond, neither, confidence, low, high] of oracle.newcombe) {
      const interval = newcombePaired({ both, onlyFirst, onlySecond, neither }, confidence);
      assertClose(interval.low, low, `low of ${both}, ${onlyFirst}, ${onlySecond}, ${neither}`);
      assertClose(interval.high, high, `high of ${both}, ${onlyFirst}, ${onlySecond}, ${neither}`);
    }
  });

  it('should give the worked example of the paper that it comes from', () => {
    const { low, high } = newcombePaired({ both: 36, onlyFirst: 12, onlySecond: 2, neither: 0 });
    assert.equal(low.toFixed(4), '0.0569');
    assert.equal(high.toFixed(4), '0.3404');
  });

  it('should turn round when the subjects change places, and never have zero width', () => {
    fc.assert(
      fc.property(count, count, count, count, (both, onlyFirst, onlySecond, neither) => {
        fc.pre(both + onlyFirst + onlySecond + neither >= 1);
        const { low, high } = newcombePaired({ both, onlyFirst, onlySecond, neither });
        const turned = newcombePaired({
          both,
          onlyFirst: onlySecond,
          onlySecond: onlyFirst,
          neither,
        });
        assertClose(turned.low, -high, 'low');
        assertClose(turned.high, -low, 'high');
        assert.ok(-1 <= low && low < high && high <= 1);
      }),
    );
  });
});

describe('differences of two subjects', () => {
  for (const known of oracle.cases) {
    it(`should agree with the oracle to 1e-9: ${known.name}`, () => {
      const table = estimateDifferences(
        {
          first: Uint8Array.from(known.first),
          second: Uint8Array.from(known.second),
          clauses: Int32Array.from(known.clauses),
          clusters: Int32Array.from(known.clusters),
        },
        known.clauseCount,
      );
      assertClose(table.correlation.within, known.differenceCorrelation.within, 'correlation');
      assertClose(table.correlation.across, known.differenceCorrelation.across, 'across clauses');
      for (const expected of known.differences) {
        const difference = table.ofClauses(expected.group);
        assertClose(difference.estimate, expected.estimate, 'estimate');
        assertClose(difference.pairs / difference.designEffect, expected.effective, 'effective');
        if (difference.clusters < 2) continue;
        assertClose(difference.low, expected.low, 'low');
        assertClose(difference.high, expected.high, 'high');
      }
    });
  }

  it('should hold the estimate, stay in −1..1, count its pairs, and turn round with the subjects', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const difference = estimateDifferences(pairsOf(list), clauseCount).ofClauses(all);
        const { estimate, low, high, onlyFirst, onlySecond, pairs } = difference;
        assert.equal(estimate, (onlyFirst - onlySecond) / pairs);
        assert.equal(onlyFirst, list.filter((row) => row.first > row.second).length);
        assert.equal(onlySecond, list.filter((row) => row.first < row.second).length);
        if (difference.clusters < 2) {
          assert.deepEqual([low, high], [null, null]);
          assert.equal(difference.reason, 'a single seed cannot show how seeds differ');
          return;
        }
        assert.ok(low !== null && high !== null && estimate !== null);
        assert.ok(-1 <= low && low <= estimate && estimate <= high && high <= 1 && low < high);
        const turned = list.map((row) => ({ ...row, first: row.second, second: row.first }));
        const other = estimateDifferences(pairsOf(turned), clauseCount).ofClauses(all);
        assertClose(other.low, -high, 'low');
        assertClose(other.high, -low, 'high');
      }),
    );
  });

  it('should leave room where the subjects never differed', () => {
    const list = Array.from({ length: 40 }, (_, i) => ({
      first: i % 8 === 0 ? 0 : 1,
      second: i % 8 === 0 ? 0 : 1,
      clause: i % 4,
      cluster: i,
    }));
    const difference = estimateDifferences(pairsOf(list), clauseCount).ofClauses(all);
    assert.equal(difference.estimate, 0);
    assert.ok(difference.low !== null && difference.high !== null);
    assert.ok(difference.low < -0.02 && difference.high > 0.02);
  });

  it('should say that no trial was judged for both', () => {
    const difference = estimateDifferences(pairsOf([]), 2).ofClause(1);
    assert.equal(difference.estimate, null);
    assert.equal(difference.low, null);
    assert.match(difference.reason ?? '', /no trial was judged for both/);
  });

  it('should refuse subjects with different numbers of trials', () => {
    const pairs = pairsOf([{ first: 1, second: 0, clause: 0, cluster: 0 }]);
    assert.throws(() => estimateDifferences({ ...pairs, second: Uint8Array.of() }, 1), RangeError);
  });

  for (const cluster of [0, 0.5]) {
    it(`should hold the planted difference in 93–98.5 % of audits, correlation ${cluster}`, () => {
      const { overall } = measureDifferenceCoverage({
        design: {
          clauses: [25, 25],
          clustersPerClause: [1, 6],
          scenariosPerCluster: [1, 3],
          repeats: [1, 2],
        },
        first: 0.9,
        second: 0.7,
        shared: 0.5,
        correlation: { cluster },
        audits: 600,
        seed: 1998,
      });
      assert.ok(overall >= 0.93 && overall <= 0.985, `${overall}`);
    });
  }
});
