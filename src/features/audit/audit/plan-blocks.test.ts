import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { madeUpPlan } from '../../../report/findings/made-up.fixture.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { widthOf } from '../../../text/layout.ts';
import { estimatePlan } from './estimate.ts';
import { planBlocks } from './plan-blocks.ts';

const settings = {
  price: (label: string) => (label === 'mistral:two' ? null : { input: 2, output: 10 }),
  briefTokens: () => 1_000,
  specTokens: 60_000,
};

describe('a plan in a terminal', () => {
  const plan = madeUpPlan({ scenarios: [20, 0], excluded: { elided: 3 } });
  const text = toTerminal(planBlocks(plan, estimatePlan(plan, settings)));

  it('tells what will be asked, what it takes and what it will show', () => {
    assert.match(text, /Scenarios +20: 20 from examples/);
    assert.match(text, /Left out +3 because words of the conversation are left out/);
    assert.match(text, /Clauses +1 of 2 are tested; without a scenario: #be_kind/);
    assert.match(text, /Samples +20 scenarios × 2 subjects × 1 repeat = 40/);
    assert.match(text, /price unknown of mistral:two; give one in tenet\.config\.ts/);
    assert.match(text, /together .* unknown/);
    assert.match(text, /overall +\d+ points +20 cases/);
    assert.match(text, /\d\d % saved/);
  });

  it('says what can be told apart, and where cases are too few for it', () => {
    assert.match(text, /overall +no drop and no bound: 20 cases are too few/);
    assert.match(text, /one clause +takes 49 for ±10 points and 196 for ±5 points/);
    const roomy = madeUpPlan({ scenarios: [80, 1] });
    const lines = toTerminal(planBlocks(roomy, estimatePlan(roomy, settings)), { width: 100 });
    assert.match(
      lines,
      /overall +a drop of \d+ points between two subjects; that the rate is above/,
    );
    const alone = madeUpPlan({ scenarios: [80], subjects: [{ name: 'openai:one' }] });
    assert.match(
      toTerminal(planBlocks(alone, estimatePlan(alone, settings)), { width: 100 }),
      /a drop of \d+ points until a later run/,
    );
    const empty = madeUpPlan({ scenarios: [] });
    assert.doesNotMatch(
      toTerminal(planBlocks(empty, estimatePlan(empty, settings))),
      /What it can show/,
    );
  });

  it('fits the terminal, whatever the names', () => {
    const wide = madeUpPlan({
      subjects: [{ name: `vllm:${'漢字'.repeat(40)}` }, { name: '\u001b[31m' }],
      clauses: [{ id: 'x'.repeat(200), level: 'l'.repeat(100) }],
      simulated: true,
    });
    for (const width of [40, 60, 80, 120]) {
      for (const line of toTerminal(planBlocks(wide, estimatePlan(wide, settings)), {
        width,
      }).split('\n')) {
        assert.ok(widthOf(line) <= width, line);
        assert.doesNotMatch(line, /\p{Cc}/u);
      }
    }
  });

  it('stamps a simulated plan', () => {
    const simulated = madeUpPlan({ simulated: true });
    assert.match(
      toTerminal(planBlocks(simulated, estimatePlan(simulated, settings))),
      /^━━ SIMULATED/,
    );
    assert.doesNotMatch(text, /SIMULATED/);
  });
});
