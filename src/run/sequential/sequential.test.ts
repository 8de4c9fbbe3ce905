import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { playSpending } from '../../../test/simulation/planted-spending.ts';
import { madeUpPlan } from '../../report/findings/made-up.fixture.ts';
import { type Plan, sampleAt } from '../plan.ts';
import { allocate, type CellState, stopCauseOf } from './allocate.ts';
import { createDraws } from './draws.ts';
import { followCell } from './evidence.ts';
import { followRounds } from './rounds.ts';

/** Three clauses on six scenarios; some test two of them, and two put the same question. */
function crossing(repeats: number): Plan {
  const plan = madeUpPlan({
    clauses: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
    scenarios: [6],
    repeats,
  });
  const tests = [['a'], ['a'], ['a', 'b'], ['b'], ['b', 'c'], ['a', 'c']];
  for (const [place, scenario] of [...plan.suite.scenarios].entries()) {
    scenario.clauses = tests[place] ?? [];
    const question = place === 1 ? 0 : place;
    scenario.messages = [{ role: 'user', content: `Question ${question}` }];
  }
  return plan;
}

const rounds = fc.array(fc.array(fc.nat({ max: 9 }), { minLength: 6, maxLength: 6 }), {
  maxLength: 6,
});

describe('draws', () => {
  it('should be the same again, of the clause, and never of an answer that another has', () => {
    fc.assert(
      fc.property(rounds, fc.integer({ min: 1, max: 8 }), (counts, repeats) => {
        const plan = crossing(repeats);
        const [draws, again] = [createDraws(plan), createDraws(plan)];
        const drawn = counts.flatMap((round) => draws.draw(round));
        assert.deepEqual(
          drawn,
          counts.flatMap((round) => again.draw(round)),
        );
        assert.deepEqual(drawn.toSorted(), draws.samples.flat().toSorted());
        const answers = drawn.map((index) => {
          const { scenario, subject, repeat } = sampleAt(plan, index);
          assert.ok(repeat < repeats);
          return `${subject} ${scenario.messages[0]?.content} ${repeat}`;
        });
        assert.equal(new Set(answers).size, answers.length);
        for (const [cell, own] of draws.samples.entries()) {
          const { subject, clause } = draws.cells[cell] ?? { subject: -1, clause: -1 };
          for (const index of own) {
            const sample = sampleAt(plan, index);
            assert.equal(sample.subject, subject);
            assert.ok(sample.scenario.clauses.includes(plan.clauses[clause]?.id ?? ''));
          }
        }
      }),
    );
  });

  it('should take each of a clause’s scenarios alike, whatever the others of it are drawn for', () => {
    const plan = crossing(100_000);
    const draws = createDraws(plan);
    draws.draw(draws.cells.map(() => 4000));
    for (const own of draws.samples) {
      const times = Map.groupBy(own, (index) => sampleAt(plan, index).scenario.id);
      const expected = 4000 / times.size;
      // Four standard deviations of a binomial count.
      const room = 4 * Math.sqrt(expected * (1 - 1 / times.size));
      for (const [id, { length }] of times) {
        assert.ok(Math.abs(length - expected) < room, `${id}: ${length} of about ${expected}`);
      }
    }
  });

  it('should end a clause at the first draw that its repeats do not allow', () => {
    const draws = createDraws(crossing(2));
    const wanted = draws.cells.map(() => 50);
    draws.draw(wanted);
    assert.ok(draws.exhausted.every(Boolean));
    assert.deepEqual(draws.draw(wanted), []);
  });

  it('should come again from the rounds that decided them', () => {
    const plan = crossing(50);
    const course = followRounds(plan, []);
    const none = course.stopped;
    const decided = [
      course.roundOf(none, [5, 0, 3, 1, 0, 2]),
      course.roundOf(['precise', null, null, null, 'nothing', null], [0, 7, 0, 2, 0, 0]),
    ];
    for (const round of decided) course.follow(round);
    const read = JSON.parse(JSON.stringify(decided));
    const replayed = followRounds(plan, read);
    assert.deepEqual(replayed.draws.samples, course.draws.samples);
    assert.deepEqual(replayed.stopped, ['precise', null, null, null, 'nothing', null]);
  });
});

function state(outcomes: string, precision: number | null = 0.1): CellState {
  const names = { '+': 'adheres', '-': 'violates', n: 'not_applicable', '?': 'unknown' } as const;
  const evidence = followCell({ precision }).read([...[...outcomes].keys()], (draw) =>
    outcomes[draw] === '.' ? undefined : names[outcomes[draw] as keyof typeof names],
  );
  return { ...evidence, exhausted: false, stopped: null };
}

describe('where the next draws go', () => {
  const plan = { precision: 0.1, bound: null };

  it('should leave a clause for a reason, and not before', () => {
    assert.equal(stopCauseOf(state('+'.repeat(12)), plan), null);
    assert.equal(stopCauseOf(state('+'.repeat(30)), plan), 'precise');
    assert.equal(stopCauseOf(state('+-'.repeat(30)), plan), null);
    const bound = { precision: 0.1, bound: 0.9 };
    assert.equal(stopCauseOf(state('+-'.repeat(30)), bound), 'one_side');
    assert.equal(stopCauseOf(state('?n'.repeat(11)), plan), null);
    assert.equal(stopCauseOf(state('?n'.repeat(12)), plan), 'nothing');
    assert.equal(stopCauseOf(state(`${'?n'.repeat(12)}+`), plan), null);
    assert.equal(stopCauseOf({ ...state('+-'), exhausted: true }, plan), 'ceiling');
    assert.equal(stopCauseOf(state('+'.repeat(300) + '-'.repeat(300)), plan), 'drifting');
  });

  it('should count draws only up to the first that has not come back', () => {
    const { draws, values, unknown } = state('+-?n.++++');
    assert.deepEqual({ draws, values, unknown }, { draws: 4, values: [1, 0], unknown: 1 });
  });

  it('should be the widest intervals, and with a bound those nearest to it', () => {
    const states = [state('+-'.repeat(20)), state('+'.repeat(20)), state('++-'.repeat(13))];
    const chosen = allocate(states, plan);
    assert.ok((chosen[0] ?? 0) > 0 && chosen[1] === 0);
    const near = allocate(states, { precision: 0.01, bound: 0.66 });
    assert.ok(near[0] === 0 && near[1] === 0 && (near[2] ?? 0) > 0, String(near));
    const stopped = states.map((one): CellState => ({ ...one, stopped: 'precise' }));
    assert.deepEqual(allocate(stopped, plan), [0, 0, 0]);
  });
});

describe('choosing the next draws', () => {
  it('should reach the same widest interval with half the draws where rates differ, and hold the rates', () => {
    const rates = [...Array(4).fill(0.5), ...Array(18).fill(0.97), ...Array(18).fill(0.99)];
    const sum = { chosen: 0, equal: 0, held: 0, clauses: 0 };
    for (let seed = 1; seed <= 3; seed++) {
      const question = { rates, precision: 0.07, bound: null, draws: 1e6, seed };
      const chosen = playSpending({ ...question, allocation: 'chosen' });
      const equal = playSpending({ ...question, allocation: 'equal' });
      assert.ok((chosen.curve.at(-1)?.halfWidth ?? 1) <= 0.07);
      sum.chosen += chosen.draws;
      sum.equal += equal.draws;
      sum.held += chosen.everHeld;
      sum.clauses += rates.length;
    }
    assert.ok(sum.equal >= 2 * sum.chosen, `${sum.equal} against ${sum.chosen}`);
    // 114 of 120 on average at least; two standard deviations fewer.
    assert.ok(sum.held >= 109, `${sum.held} of ${sum.clauses}`);
  });
});
