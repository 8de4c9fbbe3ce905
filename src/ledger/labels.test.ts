import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Ledger, openLedger } from './ledger.ts';
import type { LabelRecord, SampleRecord } from './records.ts';

function ledgerWithSamples(samples: number): { ledger: Ledger; run: number } {
  const opened = openLedger(':memory:', { write: true, purpose: 'a test' });
  assert.ok(opened.ok);
  const { ledger } = opened;
  const { ordinal } = ledger.runs.create({
    hash: 'ab'.repeat(32),
    simulated: true,
    samples,
    document: {},
    scenarios: [],
    created: 0,
  });
  for (let index = 0; index < samples; index++) addSample(ledger, ordinal, index);
  return { ledger, run: ordinal };
}

function addSample(ledger: Ledger, run: number, index: number): void {
  const sample: SampleRecord = {
    index,
    scenario: 's',
    subject: 0,
    repeat: 0,
    outcome: 'replied',
    reason: null,
    transcript: { messages: [], finish: 'stop' },
    usage: { input: 0, output: 0 },
    cost: 0,
    calls: [],
  };
  ledger.addSample(run, sample, []);
}

function label(run: number, sample: number, over: Partial<LabelRecord> = {}): LabelRecord {
  return {
    run,
    sample,
    clause: 'x',
    clauseHash: 'h',
    person: 'Ann',
    outcome: 'adheres',
    severity: null,
    note: '',
    inclusion: 0.5,
    source: 'terminal',
    time: 1,
    ...over,
  };
}

test('the newest word of a person counts, a label can be taken back, and a new transcript has none', () => {
  const { ledger, run } = ledgerWithSamples(3);
  const said = (): string[] =>
    ledger.labels.ofRun(run).map(({ sample, person, outcome }) => `${sample} ${person} ${outcome}`);
  ledger.labels.add([
    label(run, 2),
    label(run, 0),
    label(run, 0, { person: 'Bo', inclusion: null }),
  ]);
  ledger.labels.add([label(run, 0, { outcome: 'violates', severity: 'major', note: 'n' })]);
  assert.deepEqual(said(), ['0 Ann violates', '0 Bo adheres', '2 Ann adheres']);
  // In the order of giving: what was given anew comes last.
  assert.deepEqual(
    ledger.labels.ofPerson(run, 'Ann').map(({ sample }) => sample),
    [2, 0],
  );
  assert.deepEqual(
    ledger.labels.ofRun(run).map(({ inclusion }) => inclusion),
    [0.5, null, 0.5],
  );
  ledger.labels.add([label(run, 0, { outcome: null })]);
  assert.deepEqual(said(), ['0 Bo adheres', '2 Ann adheres']);
  addSample(ledger, run, 2);
  assert.deepEqual(said(), ['0 Bo adheres']);
  ledger.close();
});

test('queues come back as they were given, oldest first', () => {
  const { ledger, run } = ledgerWithSamples(1);
  const queue = {
    run,
    person: 'Ann',
    design: 'random:1',
    strata: 'all',
    clauses: null,
    items: [{ sample: 0, clause: 'x', inclusion: 0.25 }],
    created: 5,
  };
  const next = { ...queue, person: 'Bo', clauses: ['x'], items: [] };
  ledger.labels.addQueue(queue);
  ledger.labels.addQueue(next);
  assert.deepEqual(ledger.labels.queuesOf(run), [queue, next]);
  ledger.close();
});
