import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Plan, transcriptIndex } from '../../../run/plan.ts';
import { seededRandom } from '../../../stats/random.ts';
import { type Comparison, compareSides, type Side } from './compare-sides.ts';
import { noteText, whyNot } from './messages.ts';
import { otherDifferences } from './plan-differences.ts';
import type { NamedTrial } from './trials.ts';

const CLAUSES = 12;
const LEVELS = ['root', 'user'];

function planOf(hashes: (clause: number) => string): Plan {
  const clauses = Array.from({ length: CLAUSES }, (_, place) => ({
    id: `c${place}`,
    title: `Clause ${place}`,
    level: LEVELS[place % 2] ?? null,
    kind: null,
    hash: hashes(place),
    line: place + 1,
  }));
  // Only what a comparison reads of a plan.
  return { spec: { id: 's', version: '1', levels: LEVELS }, clauses } as unknown as Plan;
}

const plan = planOf(() => 'same');

/** Each clause asked in so many seeds, three repeats each, adhering at `rate`. */
function sideOf(run: string, seed: number, rate: (clause: number) => number, seeds = 8): Side {
  const random = seededRandom(seed);
  const trials: NamedTrial[] = [];
  for (let clause = 0; clause < CLAUSES; clause++) {
    for (let place = 0; place < seeds; place++) {
      for (let repeat = 0; repeat < 3; repeat++) {
        trials.push({
          key: `${clause} ${place} ${repeat}`,
          clause: `c${clause}`,
          scenario: `${clause}-${place}`,
          cluster: `${clause}-${place}`,
          sample: trials.length,
          adheres: random() < rate(clause),
        });
      }
    }
  }
  return { run, plan, subject: 0, judge: 'unmeasured', trials };
}

function compared(first: Side, second: Side, pairing: 'paired' | 'best' = 'best'): Comparison {
  const comparison = compareSides(first, second, pairing);
  assert.ok(!('reason' in comparison), 'reason' in comparison ? whyNot(comparison.reason) : '');
  return comparison;
}

describe('two runs side by side', () => {
  it('are told apart where they differ, and clause by clause only there', () => {
    const first = sideOf('a', 1, () => 0.95);
    const second = sideOf('b', 2, (clause) => (clause < 2 ? 0.3 : 0.95));
    const comparison = compared(first, second);
    assert.equal(comparison.pairing, 'paired');
    assert.deepEqual(
      comparison.clauses.filter(({ called }) => called).map(({ id }) => id),
      ['c0', 'c1'],
    );
    assert.ok((comparison.overall.difference.low ?? 0) > 0);
    const [change] = comparison.changes;
    assert.ok(change !== undefined);
    const saidBy = ({ trials }: Side, transcript: string): string =>
      trials[transcriptIndex(transcript) ?? -1]?.adheres ? 'adheres' : 'violates';
    assert.equal(saidBy(first, change.first), change.from);
    assert.equal(saidBy(second, change.second), change.to);
    assert.notEqual(change.from, change.to);
  });

  it('hold the share of false calls where nothing differs', () => {
    let audits = 0;
    for (let seed = 0; seed < 300; seed++) {
      const rate = (clause: number) => 0.6 + 0.03 * clause;
      const { clauses } = compared(sideOf('a', seed, rate), sideOf('b', 10_000 + seed, rate));
      if (clauses.some(({ called }) => called)) audits++;
    }
    // With no true difference a false call in an audit is a false discovery rate of 1 in that audit.
    assert.ok(audits / 300 <= 0.05, `${audits} of 300 audits called a clause`);
  });

  it('change sign when they change places', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.boolean(), (one, other, isPaired) => {
        const first = sideOf('a', one, () => 0.8, 3);
        const second = sideOf('b', other, () => 0.6, 3);
        const elsewhere = second.trials.map((trial) => ({ ...trial, key: `x ${trial.key}` }));
        const partner = isPaired ? second : { ...second, trials: elsewhere };
        const forth = compared(first, partner).overall.difference;
        const back = compared(partner, first).overall.difference;
        assert.ok(Math.abs((forth.estimate ?? 9) + (back.estimate ?? 0)) < 1e-12);
        assert.ok(Math.abs((forth.low ?? 9) + (back.high ?? 0)) < 1e-9);
        assert.ok(Math.abs((forth.probability ?? 9) - (back.probability ?? 0)) < 1e-9);
      }),
      { numRuns: 40 },
    );
  });

  it('pair only what both were asked, and do not pair what hardly overlaps', () => {
    const first = sideOf('a', 1, () => 0.9);
    const half = { ...first, run: 'b', trials: first.trials.filter((_, place) => place % 2 === 0) };
    const paired = compared(first, half);
    assert.equal(paired.overall.pairs?.count, half.trials.length);
    assert.equal(paired.overall.difference.estimate, 0);
    const few = {
      ...first,
      run: 'c',
      trials: first.trials.map((trial, place) =>
        place % 10 === 0 ? trial : { ...trial, key: `other ${trial.key}` },
      ),
    };
    assert.equal(compared(first, few).pairing, 'independent');
    assert.equal(compared(first, few, 'paired').pairing, 'paired');
  });

  it('keep clauses whose words changed out of every sum', () => {
    const first = sideOf('a', 1, () => 0.9);
    const changed = planOf((clause) => (clause === 0 ? 'changed' : 'same'));
    const second = { ...sideOf('b', 2, (clause) => (clause === 0 ? 0 : 0.9)), plan: changed };
    const comparison = compared(first, second);
    assert.equal(comparison.clauses[0]?.reworded, true);
    const without = (side: Side) => ({
      ...side,
      trials: side.trials.filter(({ clause }) => clause !== 'c0'),
    });
    const rest = compared(without(first), without(second));
    assert.equal(comparison.overall.difference.estimate, rest.overall.difference.estimate);
  });

  it('say why they can not be compared', () => {
    const first = sideOf('a', 1, () => 0.9);
    const reasons = [
      compareSides(first, { ...first, run: 'b', trials: [] }, 'best'),
      compareSides(
        first,
        { ...first, run: 'b', trials: first.trials.map((t) => ({ ...t, key: `x${t.key}` })) },
        'paired',
      ),
      compareSides(
        first,
        {
          ...first,
          run: 'b',
          trials: first.trials.map((t) => ({ ...t, key: `x${t.key}`, clause: 'z' })),
        },
        'best',
      ),
    ].map((result) => ('reason' in result ? whyNot(result.reason) : 'compared'));
    assert.deepEqual(reasons, [
      'nothing was judged in run b',
      'runs a and b have no question, clause and repeat in common',
      'runs a and b judged no clause in common',
    ]);
  });

  it('say that intervals are for a settled number of samples where a run drew until it knew enough', () => {
    const bare = { ...plan, subjects: [{}], judges: [] } as unknown as Plan;
    const drawn = { ...bare, sequential: { precision: 0.1 } } as unknown as Plan;
    const pair = { first: 0, second: 0 };
    assert.deepEqual(otherDifferences(bare, bare, pair), []);
    assert.match(otherDifferences(bare, drawn, pair).map(noteText).join(), /settled beforehand/);
  });
});
