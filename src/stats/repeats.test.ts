import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { commonOracle } from './common-oracle.fixture.ts';
import { assertClose } from './oracle.fixture.ts';
import { seededRandom } from './random.ts';
import { allAdhere, violationWithin, violationWithinOf } from './repeats.ts';
import { wilson } from './wilson.ts';

const scenarios = fc.array(
  fc.record({
    repeats: fc.nat(6),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    cluster: fc.nat(5),
  }),
  { maxLength: 20 },
);

describe('k tries in a row', () => {
  it('should agree with counting out all sets of repeats to 1e-9', () => {
    for (const known of commonOracle.repeats) {
      const rate = allAdhere(known, known.tries);
      assertClose(rate.estimate, known.estimate, 'estimate');
      assertClose(rate.low, known.low, 'low');
      assertClose(rate.high, known.high, 'high');
      assert.equal(rate.tooFewRepeats, known.tooFewRepeats);
    }
  });

  it('should fall with k, mirror into violation, and count what it leaves out', () => {
    fc.assert(
      fc.property(scenarios, fc.integer({ min: 1, max: 5 }), (list, tries) => {
        const data = {
          adheres: list.map(({ repeats, share }) => Math.round(repeats * share)),
          repeats: list.map(({ repeats }) => repeats),
          clusters: list.map(({ cluster }) => cluster),
        };
        const all = allAdhere(data, tries);
        assert.equal(all.tooFewRepeats, list.filter(({ repeats }) => repeats < tries).length);
        assert.equal(all.scenarios + all.tooFewRepeats, list.length);
        if (all.estimate === null || all.low === null || all.high === null) {
          assert.ok(all.reason && all.clusters < 2);
          return;
        }
        assert.ok(0 <= all.low && all.low <= all.estimate && all.estimate <= all.high);
        assert.ok(all.high <= 1 && all.low < all.high);
        assertClose(violationWithin(data, tries).high, 1 - all.low, 'mirrored');
        const enough = data.repeats.every((repeats) => repeats >= tries);
        if (enough) assert.ok((allAdhere(data, 1).estimate ?? 0) >= all.estimate - 1e-12);
      }),
    );
  });

  it('should cover the planted share where scenarios differ', () => {
    const random = seededRandom(43);
    const tries = 3;
    const planted = 0.3 * 0.5 ** tries + 0.7 * 0.98 ** tries;
    let held = 0;
    for (let audit = 0; audit < 1000; audit++) {
      const adheres: number[] = [];
      const clusters: number[] = [];
      for (let cluster = 0; cluster < 20; cluster++) {
        const chance = random() < 0.3 ? 0.5 : 0.98;
        for (let scenario = 0; scenario < 2; scenario++) {
          let hits = 0;
          for (let repeat = 0; repeat < 5; repeat++) hits += random() < chance ? 1 : 0;
          adheres.push(hits);
          clusters.push(cluster);
        }
      }
      const rate = allAdhere({ adheres, repeats: adheres.map(() => 5), clusters }, tries);
      if ((rate.low ?? 1) <= planted && planted <= (rate.high ?? 0)) held++;
    }
    assert.ok(held >= 930 && held <= 980, `${held} of 1000`);
  });

  it('should carry a rate’s interval to k tries and name what that takes for granted', () => {
    const within = violationWithinOf(wilson(95, 100), 10);
    assertClose(within.estimate, 1 - 0.95 ** 10, 'estimate');
    const { low, high } = wilson(95, 100);
    assertClose(within.interval?.low ?? null, 1 - (high ?? 0) ** 10, 'low');
    assertClose(within.interval?.high ?? null, 1 - (low ?? 0) ** 10, 'high');
    assert.deepEqual(within.cautions, [{ code: 'tries-independent', tries: 10 }]);
    assert.deepEqual(violationWithinOf(wilson(0, 0), 3).interval, null);
    assert.equal(violationWithinOf(wilson(0, 9), 3).estimate, 1);
    assert.equal(violationWithinOf(wilson(9, 9), 3).estimate, 0);
  });

  it('should not estimate what was not asked often enough', () => {
    const rate = allAdhere({ adheres: [2, 1], repeats: [2, 2], clusters: [0, 1] }, 3);
    assert.equal(rate.estimate, null);
    assert.equal(rate.reason, 'no scenario has 3 judged repeats');
    const single = allAdhere({ adheres: [3], repeats: [3], clusters: [0] }, 3);
    assert.deepEqual([single.estimate, single.low], [1, null]);
    assert.throws(() => allAdhere({ adheres: [3], repeats: [2], clusters: [0] }, 2), RangeError);
    assert.throws(() => allAdhere({ adheres: [], repeats: [], clusters: [] }, 0), RangeError);
  });
});
