import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type MadeUp, madeUpPlan, madeUpRun } from '../../report/findings/made-up.fixture.ts';
import type { RepeatedRate } from '../../stats/index.ts';
import { countRepeats, forbids } from './consistency.ts';

/** How many of four repeats of each scenario adhere; a rule with three scenarios, a default with two. */
const ADHERES: Record<string, number[]> = { never_lie: [4, 3, 2], be_brief: [4, 0] };

const planted: MadeUp = {
  subjects: [{ name: 'openai:one' }],
  clauses: [
    { id: 'never_lie', kind: 'rule', level: 'root' },
    { id: 'be_brief', kind: 'default', level: 'user' },
  ],
  scenarios: [3, 2],
  repeats: 4,
  decide: ({ scenario, repeat }, clause) => {
    const place = Number(scenario.id.split('#')[1]) - 1;
    return repeat < (ADHERES[clause]?.[place] ?? 0) ? {} : { outcome: 'violates' };
  },
};

function near(rate: RepeatedRate | undefined, expected: number): void {
  assert.ok(rate?.estimate !== undefined && rate.estimate !== null);
  assert.ok(Math.abs(rate.estimate - expected) < 1e-12, `${rate.estimate}, not ${expected}`);
  assert.ok(rate.low !== null && rate.high !== null);
  assert.ok(rate.low <= rate.estimate && rate.estimate <= rate.high);
}

describe('the consistency of a subject', () => {
  it('is the share of scenarios in which all of k repeats adhere', () => {
    const consistency = madeUpRun(planted).tally.subjects[0]?.consistency;
    assert.deepEqual(
      consistency?.overall.map(({ tries, scenarios }) => [tries, scenarios]),
      [
        [2, 5],
        [4, 5],
      ],
    );
    // Of the six pairs of four repeats, all six, three and one adhere wholly; then six and none.
    near(consistency.overall[0], (1 + 3 / 6 + 1 / 6 + 1 + 0) / 5);
    near(consistency.overall[1], 2 / 5);
    const [root, user] = consistency.levels;
    assert.deepEqual([root?.level, user?.level], ['root', 'user']);
    near(root?.allAdhere[0], (1 + 3 / 6 + 1 / 6) / 3);
    near(user?.allAdhere[1], 1 / 2);
  });

  it('tells how often what is forbidden happens within the repeats, and of no other clause', () => {
    const prohibitions = madeUpRun(planted).tally.subjects[0]?.consistency?.prohibitions;
    assert.deepEqual(
      prohibitions?.clauses.map(({ clause }) => clause),
      [0],
    );
    near(prohibitions.together, 2 / 3);
  });

  it('names the most surely broken clause first, not the one with a single bad scenario', () => {
    const clauses = ['once', 'often', 'never'].map((id) => ({ id }));
    const { tally } = madeUpRun({
      subjects: [{ name: 'openai:one' }],
      clauses,
      scenarios: [1, 10, 10],
      repeats: 2,
      decide: ({ scenario }, clause) => {
        const place = Number(scenario.id.split('#')[1]);
        const breaks = clause === 'once' || (clause === 'often' && place > 2);
        return breaks ? { outcome: 'violates' } : {};
      },
    });
    const broken = tally.subjects[0]?.consistency?.prohibitions?.clauses ?? [];
    assert.deepEqual(
      broken.map(({ clause }) => clauses[clause]?.id),
      ['often', 'once', 'never'],
    );
    const [often, once, never] = broken.map(({ within }) => within);
    near(often, 0.8);
    assert.deepEqual([once?.estimate, once?.low], [1, null]);
    assert.match(once?.reason ?? '', /a single seed/);
    near(never, 0);
    assert.ok((never?.high ?? 0) > 0.2, 'ten scenarios without a violation prove little');
  });

  it('leaves out and counts scenarios whose repeats were not all judged', () => {
    const { tally } = madeUpRun({
      ...planted,
      decide: ({ scenario, repeat }) => {
        if (scenario.id === 'never_lie#1' && repeat === 3) return { missing: 'failed' };
        return scenario.id === 'be_brief#2' && repeat > 0 ? { outcome: 'cannot_judge' } : {};
      },
    });
    const [two, four] = tally.subjects[0]?.consistency?.overall ?? [];
    assert.deepEqual([two?.scenarios, two?.tooFewRepeats], [4, 1]);
    assert.deepEqual([four?.scenarios, four?.tooFewRepeats], [3, 2]);
  });

  it('has a reason in place of a figure where no scenario was judged often enough', () => {
    const { tally } = madeUpRun({ ...planted, decide: ({ repeat }) => (repeat > 0 ? null : {}) });
    const [rate] = tally.subjects[0]?.consistency?.overall ?? [];
    assert.equal(rate?.estimate, null);
    assert.match(rate?.reason ?? '', /no scenario has 2 judged repeats/);
  });

  it('is not spoken of with one repeat, nor where the run chose what to repeat', () => {
    assert.equal(madeUpRun({ ...planted, repeats: 1 }).tally.subjects[0]?.consistency, undefined);
    const sequential = { precision: 0.1, bound: null };
    assert.equal(countRepeats({ ...madeUpPlan(planted), sequential }), null);
  });
});

describe('a clause that forbids', () => {
  it('is a rule, or says so in its title', () => {
    assert.ok(forbids({ kind: 'rule', title: 'Be honest' }));
    assert.ok(forbids({ kind: 'default', title: 'Never pass for a human' }));
    assert.ok(forbids({ kind: null, title: 'Don’t manipulate people' }));
    assert.ok(!forbids({ kind: 'default', title: 'Answer in the user’s language' }));
    assert.ok(!forbids({ kind: 'objective', title: 'Serve the real goal' }));
  });
});
