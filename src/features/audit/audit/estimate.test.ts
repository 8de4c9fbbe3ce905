import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { madeUpPlan } from '../../../report/findings/made-up.fixture.ts';
import { type EstimateSettings, estimatePlan } from './estimate.ts';

const settings: EstimateSettings = {
  price: () => ({ input: 1, output: 10 }),
  briefTokens: () => 1_000,
  specTokens: 60_000,
};

describe('the estimate of a plan', () => {
  it('counts calls: each sample to its subject, each clause of it to each judge', () => {
    const { samples, calls } = estimatePlan(madeUpPlan({ repeats: 3 }), settings);
    assert.equal(samples, 48);
    assert.deepEqual(calls, { subjects: 48, judges: 48, total: 96 });
  });

  it('adds tokens and cost model by model', () => {
    const { models, tokens, cost } = estimatePlan(madeUpPlan(), settings);
    assert.deepEqual(
      models.map(({ role, id, calls }) => [role, id, calls]),
      [
        ['subject', 'openai:one', 8],
        ['subject', 'mistral:two', 8],
        ['judge', 'anthropic:judge', 16],
      ],
    );
    assert.equal(
      tokens.input,
      models.reduce((sum, model) => sum + model.tokens.input, 0),
    );
    assert.equal(models[0]?.tokens.output, 8 * 400);
    assert.ok(Math.abs((cost ?? 0) - (tokens.input + 10 * tokens.output) / 1e6) < 1e-12);
  });

  it('reckons with shorter replies where there is a limit', () => {
    const plan = madeUpPlan();
    plan.subjects = plan.subjects.map((subject) => ({ ...subject, parameters: { maxTokens: 50 } }));
    plan.judges = plan.judges.map((judge) => ({ ...judge, parameters: { maxTokens: 60 } }));
    const { models } = estimatePlan(plan, settings);
    assert.deepEqual(
      models.map(({ tokens, calls }) => tokens.output / calls),
      [50, 50, 60],
    );
  });

  it('says whose price is unknown, and never takes it for nothing', () => {
    const price = (label: string) => (label === 'mistral:two' ? null : { input: 1, output: 1 });
    const { cost, unpriced } = estimatePlan(madeUpPlan(), { ...settings, price });
    assert.equal(cost, null);
    assert.deepEqual(unpriced, ['mistral:two']);
  });

  it('expects narrower intervals of more scenarios, and little of more repeats', () => {
    const width = (scenarios: number[], repeats: number): number =>
      estimatePlan(madeUpPlan({ scenarios, repeats }), settings).expectedWidth.overall.width ?? 1;
    const few = width([10, 10], 1);
    assert.ok(width([40, 40], 1) < few / 1.8);
    const repeated = width([10, 10], 4);
    assert.ok(repeated < few && repeated > width([40, 40], 1));
  });

  it('has no width where there is no scenario', () => {
    const { expectedWidth, clauses, saving } = estimatePlan(
      madeUpPlan({ scenarios: [] }),
      settings,
    );
    assert.deepEqual(expectedWidth.overall, { trials: 0, width: null });
    assert.equal(expectedWidth.medianClause, null);
    assert.deepEqual(clauses, { total: 2, tested: 0, untested: ['be_honest', 'be_kind'] });
    assert.equal(saving.share, 0);
  });

  it('says which drop and which bound the plan can show, and for whom', () => {
    const { detectable } = estimatePlan(madeUpPlan({ scenarios: [60, 140] }), settings);
    const { power, alpha, against, overall, medianClause } = detectable ?? {};
    assert.deepEqual([power, alpha, against], [0.8, 0.05, 'subject']);
    assert.deepEqual([overall?.trials, overall?.effective], [200, 200]);
    // d = (1.95996 + 0.84162)·√(0.85·0.15 + (0.85 − d)(0.15 + d))/√200
    const drop = overall?.drop ?? 0;
    const spread = 0.85 * 0.15 + (0.85 - drop) * (0.15 + drop);
    assert.ok(Math.abs(drop - (2.80158 * Math.sqrt(spread)) / Math.sqrt(200)) < 1e-5, `${drop}`);
    // (0.85 − b)·√200 − 1.95996·√(b(1 − b)) = 0.84162·√(0.85·0.15)
    const bound = overall?.bound ?? 0;
    const excess = (0.85 - bound) * Math.sqrt(200) - 1.95996 * Math.sqrt(bound * (1 - bound));
    assert.ok(Math.abs(excess - 0.84162 * Math.sqrt(0.85 * 0.15)) < 1e-4, `${bound}`);
    assert.equal(medianClause?.trials, 140);
    assert.ok((medianClause?.drop ?? 0) > drop);
    const alone = estimatePlan(madeUpPlan({ subjects: [{ name: 'openai:one' }] }), settings);
    assert.equal(alone.detectable?.against, 'later_run');
  });

  it('takes repeats for less than new scenarios', () => {
    const of = (scenarios: number, repeats: number) =>
      estimatePlan(madeUpPlan({ scenarios: [scenarios], repeats }), settings).detectable?.overall;
    // Four repeats of a seed, correlated by one half, are worth 4/(1 + 3/2).
    assert.deepEqual([of(50, 4)?.trials, of(50, 4)?.effective], [200, 80]);
    assert.ok((of(50, 4)?.drop ?? 0) > (of(200, 1)?.drop ?? 1));
  });

  it('takes clauses judged on the same replies for less than clauses with replies of their own', () => {
    const shown = (together: boolean) => {
      const plan = madeUpPlan({ scenarios: [60, 60] });
      const ids = plan.clauses.map(({ id }) => id);
      if (together) {
        const { scenarios } = plan.suite;
        plan.suite.scenarios = [...scenarios].slice(0, 60).map((one) => ({ ...one, clauses: ids }));
      }
      const { expectedWidth, detectable } = estimatePlan(plan, settings);
      return { width: expectedWidth.overall.width ?? 0, ...detectable?.overall };
    };
    const [apart, together] = [shown(false), shown(true)];
    assert.deepEqual([apart.trials, together.trials], [120, 120]);
    assert.ok(together.width > 1.15 * apart.width);
    assert.ok((together.drop ?? 0) > 1.15 * (apart.drop ?? 1));
  });

  it('promises nothing where cases are too few to reckon with', () => {
    const { detectable } = estimatePlan(madeUpPlan({ scenarios: [3, 4] }), settings);
    assert.deepEqual(detectable?.overall, { trials: 7, effective: 7, drop: null, bound: null });
    const none = estimatePlan(madeUpPlan({ scenarios: [] }), settings).detectable;
    assert.deepEqual([none?.overall.trials, none?.overall.drop], [0, null]);
    assert.equal(none?.medianClause, null);
  });

  it('shows what the whole spec in every prompt would take', () => {
    const { saving } = estimatePlan(madeUpPlan(), settings);
    assert.equal(saving.wholeSpecTokens - saving.judgeTokens, 16 * 59_000);
    assert.ok(saving.share > 0.9);
  });
});
