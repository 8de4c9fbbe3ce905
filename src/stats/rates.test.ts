import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { assertClose, oracle } from './oracle.fixture.ts';
import { seededRandom } from './random.ts';
import { estimateRates, type Trials } from './rates.ts';
import { cautionText } from './reasons.ts';
import { wilson } from './wilson.ts';

interface Row {
  outcome: number;
  clause: number;
  cluster: number;
}

const clauseCount = 5;
const all = Array.from({ length: clauseCount }, (_, i) => i);
const rows = fc.array(
  fc.record({
    outcome: fc.integer({ min: 0, max: 1 }),
    clause: fc.nat(clauseCount - 1),
    cluster: fc.nat(8),
  }),
  { minLength: 1, maxLength: 60 },
);

function trialsOf(list: Row[]): Trials {
  return {
    outcomes: Uint8Array.from(list, (row) => row.outcome),
    clauses: Int32Array.from(list, (row) => row.clause),
    clusters: Int32Array.from(list, (row) => row.cluster),
  };
}

describe('rates of clauses and groups', () => {
  for (const known of oracle.cases) {
    it(`should agree with the oracle to 1e-9: ${known.name}`, () => {
      const table = estimateRates(
        {
          outcomes: Uint8Array.from(known.first),
          clauses: Int32Array.from(known.clauses),
          clusters: Int32Array.from(known.clusters),
        },
        known.clauseCount,
      );
      const { correlation } = table;
      assertClose(correlation.measured, known.correlation.measured, 'measured correlation');
      assertClose(correlation.credibility, known.correlation.credibility, 'credibility');
      assertClose(correlation.within, known.correlation.within, 'correlation within clauses');
      assertClose(correlation.across, known.correlation.across, 'correlation across clauses');
      for (const expected of known.rates) {
        const rate = table.ofClauses(expected.group);
        assertClose(rate.estimate, expected.estimate, 'estimate');
        assertClose(rate.trials / rate.designEffect, expected.effective, 'effective trials');
        // Of one seed the oracle's interval would stand on an assumption alone, and is not given.
        const isOneSeed = new Set(known.clusters).size === 1 && rate.trials > 1;
        assertClose(rate.low, isOneSeed ? null : expected.low, 'low');
        assertClose(rate.high, isOneSeed ? null : expected.high, 'high');
      }
    });
  }

  it('should be the plain Wilson interval where every trial of a clause has its own seed', () => {
    const table = estimateRates(
      trialsOf([1, 1, 0, 1, 1].map((outcome, cluster) => ({ outcome, clause: 0, cluster }))),
      1,
    );
    const rate = table.ofClause(0);
    const plain = wilson(4, 5);
    assert.equal(rate.low, plain.low);
    assert.equal(rate.high, plain.high);
    assert.equal(rate.method, 'Wilson');
    assert.equal(rate.designEffect, 1);
    assert.equal(rate.cautions, undefined);
  });

  it('should hold the estimate, stay in 0..1 and never have zero width', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const table = estimateRates(trialsOf(list), clauseCount);
        for (const rate of [table.ofClauses(all), ...all.map((clause) => table.ofClause(clause))]) {
          const { estimate, low, high, trials } = rate;
          if (estimate === null || low === null || high === null) {
            const seeds = new Set(list.map(({ cluster }) => cluster)).size;
            assert.ok(trials === 0 || (seeds === 1 && trials > 1));
            assert.ok(rate.reason !== undefined);
            continue;
          }
          assert.ok(0 <= low && low <= estimate && estimate <= high && high <= 1 && low < high);
          assert.equal(estimate, rate.successes / trials);
          assert.ok(rate.clusters <= trials && rate.designEffect > 0);
        }
      }),
    );
  });

  it('should mirror when adherence and violation change places', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const turned = list.map((row) => ({ ...row, outcome: 1 - row.outcome }));
        const rate = estimateRates(trialsOf(list), clauseCount).ofClauses(all);
        const mirrored = estimateRates(trialsOf(turned), clauseCount).ofClauses(all);
        const turnedBack = (end: number | null) => (end === null ? null : 1 - end);
        assertClose(turnedBack(mirrored.high), rate.low, 'low');
        assertClose(turnedBack(mirrored.low), rate.high, 'high');
      }),
    );
  });

  it('should not depend on the order of the trials', () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat(1000)), (list, keys) => {
        const shuffled = list
          .map((row) => ({ row, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row);
        const one = estimateRates(trialsOf(list), clauseCount);
        const other = estimateRates(trialsOf(shuffled), clauseCount);
        assert.deepEqual(other.correlation, one.correlation);
        assert.deepEqual(other.ofClauses(all), one.ofClauses(all));
        assert.deepEqual(other.ofClause(2), one.ofClause(2));
      }),
    );
  });

  it('should widen with confidence', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const narrow = estimateRates(trialsOf(list), clauseCount, 0.8).ofClauses(all);
        const wide = estimateRates(trialsOf(list), clauseCount, 0.99).ofClauses(all);
        assert.equal(wide.low === null, narrow.low === null);
        assert.ok((wide.low ?? 0) <= (narrow.low ?? 0) && (narrow.high ?? 1) <= (wide.high ?? 1));
      }),
    );
  });

  it('should count a seed once that several clauses of a group share', () => {
    const table = estimateRates(
      trialsOf(
        [0, 1, 2].flatMap((clause) =>
          [0, 1].map((cluster) => ({ outcome: cluster, clause, cluster })),
        ),
      ),
      3,
    );
    assert.equal(table.ofClauses([0, 1, 2]).clusters, 2);
    assert.equal(table.ofClauses([0, 0, 0]).trials, 2);
    // Every clause adheres with one seed and violates with the other: six trials know no more than two.
    assert.ok(table.correlation.across > 0.8, `${table.correlation.across}`);
    const rate = table.ofClauses([0, 1, 2]);
    assert.ok(rate.designEffect > 1.5, `${rate.designEffect}`);
  });

  it('should not take clauses judged on one reply for as many replies', () => {
    const clauses = Array.from({ length: 12 }, (_, clause) => clause);
    const table = estimateRates(
      trialsOf(
        [0, 1].flatMap((cluster) => clauses.map((clause) => ({ outcome: 1, clause, cluster }))),
      ),
      12,
    );
    const rate = table.ofClauses(clauses);
    assert.equal(table.correlation.across, 0.5);
    assert.ok((rate.low ?? 1) < 0.55, `${rate.low}`);
    assert.deepEqual(rate.cautions, [{ code: 'correlation-assumed', correlation: 0.5 }]);
  });

  it('should hold a rate whose seeds are judged under several clauses', () => {
    const random = seededRandom(11);
    const [seeds, own, planted, audits] = [30, [0, 1, 2], 0.95, 600];
    let held = 0;
    for (let audit = 0; audit < audits; audit++) {
      const list: Row[] = [];
      for (let cluster = 0; cluster < seeds; cluster++) {
        const shared = random() < planted;
        for (const clause of own) {
          // Correlation 0.9 of any two trials of a seed.
          const adheres = random() < Math.sqrt(0.9) ? shared : random() < planted;
          list.push({ outcome: adheres ? 1 : 0, clause, cluster });
        }
      }
      const { low, high } = estimateRates(trialsOf(list), own.length).ofClauses(own);
      if ((low ?? 1) <= planted && planted <= (high ?? 0)) held++;
    }
    assert.ok(held / audits > 0.93, `${held} of ${audits}`);
  });

  it('should give no interval where one seed has all trials, and say why', () => {
    const list = [1, 1, 0].map((outcome, clause) => ({ outcome, clause: clause % 2, cluster: 4 }));
    const table = estimateRates(trialsOf(list), 2);
    const { estimate, low, high, reason, cautions } = table.ofClauses([0, 1]);
    assert.deepEqual([estimate, low, high], [2 / 3, null, null]);
    assert.match(reason ?? '', /single seed/);
    assert.equal(cautions, undefined);
    assert.ok(table.ofClause(1).low !== null, 'a single trial is one observation');
  });

  it('should say what it takes for granted where seeds show nothing of each other', () => {
    const list = [1, 1, 0].map((outcome) => ({ outcome, clause: 0, cluster: 0 }));
    const table = estimateRates(trialsOf([...list, { outcome: 1, clause: 1, cluster: 1 }]), 2);
    const rate = table.ofClause(0);
    assert.equal(rate.clusters, 1);
    assert.equal(rate.designEffect, 2);
    assert.match(cautionText(rate.cautions), /cannot show how alike/);
    assert.match(rate.method, /clustered by seed \(correlation 0\.50\)/);
  });

  it('should learn that repeats are all alike, and then count seeds', () => {
    const list = Array.from({ length: 120 }, (_, i) => ({
      outcome: Math.floor(i / 3) % 2,
      clause: Math.floor(i / 24),
      cluster: Math.floor(i / 3),
    }));
    const table = estimateRates(trialsOf(list), clauseCount);
    assert.ok(table.correlation.within > 0.95);
    assert.ok(Math.abs(table.ofClause(0).designEffect - 3) < 0.1);
    assert.equal(table.ofClause(0).cautions, undefined);
  });

  it('should say that no trial was judged', () => {
    const table = estimateRates(trialsOf([]), 2);
    for (const rate of [table.ofClause(1), table.ofClauses([0, 1]), table.ofClauses([])]) {
      assert.equal(rate.estimate, null);
      assert.equal(rate.low, null);
      assert.equal(rate.high, null);
      assert.equal(rate.reason, 'no trial was judged');
    }
  });

  it('should refuse ids out of range and columns of different lengths', () => {
    const one = trialsOf([{ outcome: 1, clause: 3, cluster: 0 }]);
    assert.throws(() => estimateRates(one, 3), /Trial 0 has clause 3/);
    assert.throws(
      () => estimateRates({ ...one, clusters: Int32Array.of(-1) }, 4),
      /has cluster -1/,
    );
    assert.throws(() => estimateRates({ ...one, clusters: Int32Array.of() }, 4), /of one length/);
  });
});
