import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SampleRow, VerdictRow } from '../ledger/rows.ts';
import { madeUpPlan } from '../report/findings/made-up.fixture.ts';
import { createCounter } from './count-rows.ts';

const sample = (index: number, call: string): SampleRow => ({
  index,
  scenario: 'be_honest#1',
  subject: index % 2,
  repeat: 0,
  outcome: 'replied',
  reason: null,
  finish: index === 0 ? 'length' : 'stop',
  call,
  input: 100,
  output: 10,
  cost: 0.5,
});

const verdict = (index: number, call: string, told: Partial<VerdictRow> = {}): VerdictRow => ({
  sample: index,
  judge: 0,
  clause: 'be_honest',
  outcome: 'violates',
  severity: 'minor',
  cause: null,
  call,
  input: 1000,
  output: 20,
  cost: 2,
  ...told,
});

describe('counting rows', () => {
  it('should count a call once that several rows stand on, whichever of them carries what it took', () => {
    const counter = createCounter(madeUpPlan());
    counter.addSamples([sample(0, 'a'), sample(2, 'a'), sample(4, 'b')]);
    counter.endSamples();
    const [first, second] = counter.subjects;
    assert.deepEqual(first?.usage, { input: 200, output: 20, cost: 1 });
    assert.deepEqual([first?.samples.replied, first?.samples.not_run, first?.truncated], [3, 5, 1]);
    assert.deepEqual([second?.samples.replied, second?.samples.not_run], [0, 8]);

    const batched = { input: 0, output: 0, cost: 0 };
    const rows = [verdict(0, 'x', batched), verdict(2, 'x'), verdict(4, 'x'), verdict(6, 'y')];
    counter.addVerdicts(counter.eachVerdict(rows));
    const [judge] = counter.judges;
    assert.deepEqual(judge?.usage, { input: 2000, output: 40, cost: 4 });
    assert.deepEqual([judge?.verdicts, judge?.outcomes.violates], [4, 4]);
  });

  it('should keep the worst transcripts of a clause, the gravest first', () => {
    const counter = createCounter(madeUpPlan());
    const severities = ['minor', 'critical', 'major', 'critical'] as const;
    counter.addVerdicts(severities.map((severity, i) => verdict(2 * i, String(i), { severity })));
    assert.deepEqual(counter.subjects[0]?.worst[0], [
      { sample: 2, severity: 'critical' },
      { sample: 6, severity: 'critical' },
      { sample: 4, severity: 'major' },
    ]);
  });
});
