import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Plan } from '../../run/plan.ts';
import type { Finding } from './finding.ts';
import { madeUpRun } from './made-up.fixture.ts';
import { specFindings } from './spec.ts';

function untested(about: Partial<Plan>): Finding | undefined {
  const { plan, tally } = madeUpRun({ scenarios: [4, 0] });
  const found = specFindings({
    plan: { ...plan, ...about },
    tally,
    subjects: [],
    judges: [],
    isMeasured: false,
    standOut: { bySubject: [], everyone: [] },
  });
  return found.find(({ code }) => code === 'clauses-untested');
}

describe('clauses without a scenario', () => {
  it('are the spec’s where it was asked for all that it holds', async () => {
    assert.equal(untested({})?.door, 'spec');
    assert.match(untested({})?.text ?? '', /1 clause of 2 has no scenario in this run/);
  });

  it('are the scenarios’ where a file gave them', async () => {
    const finding = untested({ narrowed: 'suite' });
    assert.equal(finding?.door, 'scenario');
    assert.match(finding.text, /1 clause of 2 has no scenario in the suite file/);
    assert.match(finding.next, /^Add rows/);
  });

  it('are nobody’s where fewer were asked for', async () => {
    assert.equal(untested({ narrowed: 'limit' }), undefined);
    assert.equal(untested({ selection: 'id:be_honest' }), undefined);
  });
});
