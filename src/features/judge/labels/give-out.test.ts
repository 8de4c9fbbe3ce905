import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LabelQueue } from '../../../ledger/labels.ts';
import type { LabelRecord } from '../../../ledger/records.ts';
import type { LabelCase } from './cases.ts';
import { type AskedSample, type Given, giveOut } from './give-out.ts';
import { labelledRun } from './judged.ts';
import { madeUpCase, madeUpLabel } from './made-up.fixture.ts';
import { type Design, parseDesign } from './sample.ts';

const cases = Array.from({ length: 60 }, (_, sample) =>
  madeUpCase(sample, sample % 2, sample % 3 === 0 ? 'violates' : 'adheres', {
    dispute: sample < 4 ? 1 : 0,
  }),
);

function asked(text: string, seed = 0, clauses: readonly string[] | null = null): AskedSample {
  const design = parseDesign(text) as Design;
  return { text, design, seed, clauses: clauses === null ? null : new Set(clauses) };
}

function given(
  sample: AskedSample,
  queues: readonly LabelQueue[] = [],
  labels: readonly LabelRecord[] = [],
  of: readonly LabelCase[] = cases,
): Given | null {
  const recipient = { run: 1, person: 'Ann', cases: of, queues, labels };
  return giveOut(sample, recipient, () => labelledRun(of, labels, queues), 5);
}

/** The queue that must come of it. */
function queueOf(drawn: Given | null): LabelQueue {
  assert.ok(drawn !== null && drawn.queue !== null);
  return drawn.queue;
}

test('the same command again draws nothing, and a larger sample only what is missing', () => {
  const first = queueOf(given(asked('random:20')));
  assert.deepEqual(
    [first.items.length, first.design, first.person, first.created],
    [20, 'random:20', 'Ann', 5],
  );
  assert.equal(given(asked('random:20'), [first]), null);
  assert.equal(given(asked('random:8'), [first]), null);
  const more = queueOf(given(asked('random:25'), [first]));
  assert.equal(more.items.length, 5);
});

test('another design, seed or choice of clauses is another sample', () => {
  const first = queueOf(given(asked('random:20', 0, ['c0'])));
  assert.ok(first.items.every(({ clause }) => clause === 'c0'));
  assert.equal(given(asked('random:20', 0, ['c0']), [first]), null);
  for (const other of [
    asked('random:10', 3, ['c0']),
    asked('random:10', 0, ['c1']),
    asked('random:10', 0, ['c0', 'c1']),
    asked('random:10'),
    asked('stratified:10', 0, ['c0']),
  ]) {
    assert.equal(queueOf(given(other, [first])).items.length, 10, other.text);
  }
  const seeded = queueOf(given(asked('random:10', -3)));
  assert.equal(seeded.design, 'random:10 seed -3');
  assert.equal(given(asked('random:10', -3), [seeded]), null);
});

test('where nothing is left of a kind, there is no queue', () => {
  const agreed = cases.map((one) => ({ ...one, dispute: 0 }));
  assert.deepEqual(given(asked('disagreements:5'), [], [], agreed), {
    queue: null,
    narrowing: null,
  });
  const all = queueOf(given(asked('random:60')));
  assert.equal(given(asked('stratified:10'), [all])?.queue, null);
});

test('what narrows most is told, and asked anew once it is labelled', () => {
  const drawn = given(asked('narrowing:6'));
  const first = queueOf(drawn);
  assert.equal(drawn?.narrowing?.labels, 6);
  assert.equal(given(asked('narrowing:6'), [first]), null, 'it is not labelled yet');
  const labels = first.items.map((item) =>
    madeUpLabel(item, 'Ann', 'adheres', { inclusion: item.inclusion }),
  );
  assert.equal(queueOf(given(asked('narrowing:6'), [first], labels)).items.length, 6);
});
