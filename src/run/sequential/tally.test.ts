import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SampleRow, VerdictRow } from '../../ledger/rows.ts';
import { madeUpPlan } from '../../report/findings/made-up.fixture.ts';
import { type Consensus, sampleAt } from '../plan.ts';
import { tally } from '../tally.ts';
import { followRounds, type Round } from './rounds.ts';
import { tallySequential } from './tally.ts';

/**
 * Clause `a` has scenarios of its own and one that also tests `b`; `b` has only that one. The subject keeps `a` and
 * breaks `b`. `asked` of the drawn samples are there, in the order of a round.
 */
function run(round: Round, { asked = Number.POSITIVE_INFINITY, consensus }: Asked = {}) {
  const plan = madeUpPlan({
    subjects: [{ name: 'openai:one' }],
    clauses: [{ id: 'a' }, { id: 'b', level: 'user' }],
    scenarios: [4],
    repeats: 500,
  });
  if (consensus !== undefined) plan.consensus = consensus;
  for (const [place, scenario] of [...plan.suite.scenarios].entries()) {
    scenario.messages = [{ role: 'user', content: `Question ${place}` }];
    if (place === 3) scenario.clauses = ['a', 'b'];
  }
  const drawn = followRounds(plan, []).follow(round);
  const progress = new Uint8Array(plan.suite.scenarios.length * plan.repeats);
  const there = drawn.slice(0, asked).toSorted((x, y) => x - y);
  for (const index of there) progress[index] = 1;
  const spending = { call: '', input: 1, output: 1, cost: 0 };
  const samples = there.map((index): SampleRow => {
    const { scenario, subject, repeat } = sampleAt(plan, index);
    const ended = { outcome: 'replied' as const, reason: null, finish: 'stop' };
    return { index, scenario: scenario.id, subject, repeat, ...ended, ...spending };
  });
  const verdicts = there.flatMap((sample): VerdictRow[] =>
    sampleAt(plan, sample).scenario.clauses.map((clause) => {
      const outcome = clause === 'a' ? ('adheres' as const) : ('violates' as const);
      return { sample, judge: 0, clause, outcome, severity: null, cause: null, ...spending };
    }),
  );
  const tallied = tallySequential(
    plan,
    { precision: 0.1, bound: null },
    tally(plan, samples, verdicts),
    { rounds: [round], progress, verdicts },
  );
  const [subject] = tallied.subjects;
  assert.ok(subject !== undefined);
  const [a, b] = subject.clauses;
  assert.ok(a !== undefined && b !== undefined);
  return { tallied, subject, a, b };
}

interface Asked {
  asked?: number;
  consensus?: Consensus;
}

const draws = (a: number, b: number): Round['draws'] => [
  { subject: 0, clause: 'a', draws: a },
  { subject: 0, clause: 'b', draws: b },
];

describe('the rates of a sequential run', () => {
  it('should stand on the draws made for a clause, and count the rest beside them', () => {
    const { tallied, subject, a, b } = run({ stops: [], draws: draws(40, 10) });
    assert.equal(tallied.planned, 50);
    assert.deepEqual([a.rate.successes, a.rate.trials], [40, 40]);
    assert.deepEqual([b.rate.successes, b.rate.trials], [0, 10]);
    // Draws of `b` test `a` too, and some of `a` test `b`.
    assert.equal(a.verdicts.adheres, 50);
    assert.ok(b.verdicts.violates > 10);
    assert.equal(a.missing.not_run + b.missing.not_run, 0);
    // Ten turns, in which each clause weighs the same.
    const { rate } = subject.overall;
    assert.deepEqual([rate.successes, rate.trials, rate.estimate], [10, 20, 0.5]);
    assert.ok((rate.low ?? 1) < 0.5 && (rate.high ?? 0) > 0.5);
    assert.deepEqual(subject.overall.worstCase, { low: 0.5, high: 0.5 });
  });

  it('should miss what a round asked for and did not get, and nothing else', () => {
    const { subject, a, b } = run({ stops: [], draws: draws(10, 10) }, { asked: 8 });
    assert.equal(subject.samples.not_run, 12);
    assert.deepEqual([a.rate.trials, b.rate.trials], [4, 4]);
    assert.ok(a.missing.not_run >= 6);
    assert.deepEqual(a.worstCase, { low: 0.4, high: 1 });
  });

  it('should miss nothing that a spent budget took back', () => {
    const round: Round = { stops: [], draws: draws(10, 10), spent: true };
    const { tallied, subject, a } = run(round, { asked: 8 });
    assert.deepEqual([tallied.planned, subject.samples.not_run], [8, 0]);
    assert.deepEqual(a.worstCase, { low: 1, high: 1 });
  });

  it('should have no interval under a latent consensus, and no figure without a draw', () => {
    const { a, b } = run({ stops: [], draws: draws(30, 0) }, { consensus: 'latent' });
    assert.deepEqual([a.rate.estimate, a.rate.low, a.rate.high], [1, null, null]);
    assert.match(a.rate.reason ?? '', /latent consensus/);
    assert.deepEqual([a.rate.missing, b.rate.missing], ['verdicts-change', 'no-draw']);
    assert.deepEqual([b.rate.estimate, b.rate.low], [null, null]);
    assert.match(b.rate.reason ?? '', /no draw was judged/);
  });
});
