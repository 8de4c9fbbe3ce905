import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { madeUpPlan } from '../../../report/findings/made-up.fixture.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { widthOf } from '../../../text/layout.ts';
import { type ListedRun, runsBlocks } from './runs-blocks.ts';

function shown(runs: readonly ListedRun[], screen = {}): string {
  return toTerminal(runsBlocks(runs), screen);
}

describe('the runs of a ledger', () => {
  const run = {
    id: 'abababab00',
    created: Date.UTC(2026, 0, 2, 3, 4, 5),
    state: 'stopped' as const,
    samples: 1_600,
    simulated: true,
  };

  it('are a table', () => {
    assert.equal(
      shown([{ run, plan: madeUpPlan(), finished: 1_234 }]),
      [
        'Run         When (UTC)        State    Samples      Spec',
        'abababab00  2026-01-02 03:04  stopped  1,234/1,600  made-up@1',
        '  SIMULATED openai:one and mistral:two',
        '',
      ].join('\n'),
    );
  });

  it('are shown as they are called', () => {
    const listed = { run, plan: madeUpPlan(), finished: 0 };
    const lines = shown([
      { ...listed, name: 'nightly', tags: ['eu', 'beta'] },
      { ...listed, tags: ['eu'] },
    ]).split('\n');
    assert.deepEqual(
      [lines[2], lines[4]],
      [
        '  SIMULATED nightly [eu, beta]: openai:one and mistral:two',
        '  SIMULATED [eu]: openai:one and mistral:two',
      ],
    );
  });

  it('fit the terminal', () => {
    const plan = madeUpPlan({ subjects: [{ name: `vllm:${'漢'.repeat(99)}` }] });
    for (const line of shown([{ run, plan, finished: 0 }], { width: 40 }).split('\n')) {
      assert.ok(widthOf(line) <= 40, line);
    }
  });

  it('say how to make one where there is none', () => {
    assert.match(shown([]), /no runs yet. 'tenet audit' makes one/);
  });
});
