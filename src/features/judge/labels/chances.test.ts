import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import type { LabelQueue } from '../../../ledger/labels.ts';
import type { LabelRecord } from '../../../ledger/records.ts';
import { predictionPowered } from '../../../stats/judge-error/prediction-powered.ts';
import { seededRandom } from '../../../stats/random.ts';
import { caseKey, type LabelCase } from './cases.ts';
import { labelChances } from './chances.ts';
import { correctedByLabels, judgedLabels, labelledRun } from './judged.ts';
import { madeUpCase, madeUpLabel, madeUpRequest } from './made-up.fixture.ts';
import { narrowingPlan } from './narrowing.ts';
import { drawQueue } from './queue.ts';
import { type Design, parseDesign } from './sample.ts';

/** A run in which violations, the judge's errors and clauses hang together, so that a wrong weight shows. */
function run(): { cases: LabelCase[]; truth: Map<string, 'adheres' | 'violates'> } {
  const random = seededRandom(11);
  const truth = new Map<string, 'adheres' | 'violates'>();
  const cases = Array.from({ length: 300 }, (_, sample) => {
    const place = sample % 3 === 0 ? 0 : sample % 10 === 1 ? 1 : 2;
    const breaks = random() < ([0.05, 0.6, 0.2][place] ?? 0);
    const isRight = random() < (breaks ? 0.7 : 0.9);
    const outcome = breaks === isRight ? 'violates' : 'adheres';
    const one = madeUpCase(sample, place, outcome, { dispute: isRight ? 0 : 1 });
    truth.set(caseKey({ sample, clause: one.clause }), breaks ? 'violates' : 'adheres');
    return one;
  });
  return { cases, truth };
}

interface Step {
  person: string;
  sample: string;
  /** Which share of what was drawn is labelled before the next step. */
  done: number;
  seed: number;
}

/** What people label where they draw and stop like this. */
function labelled(
  { cases, truth }: ReturnType<typeof run>,
  steps: readonly Step[],
): { queues: LabelQueue[]; labels: LabelRecord[] } {
  const queues: LabelQueue[] = [];
  const labels: LabelRecord[] = [];
  for (const { person, sample, done, seed } of steps) {
    const mine = queues.filter((queue) => queue.person === person);
    const known = labels.filter((label) => label.person === person);
    const design = parseDesign(sample) as Design;
    const queue = drawQueue({ ...madeUpRequest(person, seed), design }, cases, mine, known);
    queues.push(queue);
    const has = new Set(known.map((label) => caseKey(label)));
    for (const item of queue.items.slice(0, Math.round(done * queue.items.length))) {
      const key = caseKey(item);
      if (has.has(key)) continue;
      labels.push(madeUpLabel(item, person, truth.get(key) ?? null, { inclusion: item.inclusion }));
    }
  }
  return { queues, labels };
}

describe('weighted labels estimate the whole run without bias', () => {
  const designs: Record<string, (seed: number) => Step[]> = {
    'a simple sample': (seed) => [{ person: 'a', sample: 'random:60', done: 1, seed }],
    'a stratified one, left half done': (seed) => [
      { person: 'a', sample: 'stratified:90', done: 0.5, seed },
    ],
    'one that goes on by another design': (seed) => [
      { person: 'a', sample: 'stratified:40', done: 1, seed },
      { person: 'a', sample: 'random:60', done: 0.7, seed },
    ],
    'two people, the same draw': (seed) => [
      { person: 'a', sample: 'stratified:60', done: 1, seed },
      { person: 'b', sample: 'stratified:60', done: 0.6, seed },
    ],
    'two people, two draws': (seed) => [
      { person: 'a', sample: 'stratified:60', done: 1, seed },
      { person: 'b', sample: 'random:80', done: 1, seed: seed + 5000 },
    ],
    'beside disagreements that were chosen': (seed) => [
      { person: 'a', sample: 'disagreements:20', done: 1, seed },
      { person: 'a', sample: 'stratified:60', done: 1, seed },
    ],
  };
  const planted = run();
  const rate =
    [...planted.truth.values()].filter((truth) => truth === 'adheres').length / planted.truth.size;
  for (const [name, steps] of Object.entries(designs)) {
    it(name, () => {
      const errors: number[] = [];
      for (let seed = 0; seed < 250; seed++) {
        const { queues, labels } = labelled(planted, steps(seed));
        const { inclusion } = labelChances(planted.cases, queues, labels);
        let weights = 0;
        let adheres = 0;
        for (const [place, { sample, clause }] of planted.cases.entries()) {
          const chance = inclusion[place] ?? 0;
          if (chance === 0) continue;
          weights += 1 / chance;
          if (planted.truth.get(caseKey({ sample, clause })) === 'adheres') adheres += 1 / chance;
        }
        errors.push(adheres / weights - rate);
      }
      const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
      const spread = Math.sqrt(
        errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (errors.length - 1),
      );
      const standardError = spread / Math.sqrt(errors.length);
      assert.ok(Math.abs(mean) < 3.5 * standardError + 0.002, `${mean} ± ${standardError}`);
    });
  }
});

test('cases that were chosen count in no rate, unless none was left out', () => {
  const planted = run();
  const some = labelled(planted, [{ person: 'a', sample: 'disagreements:5', done: 1, seed: 0 }]);
  const chosen = judgedLabels(labelledRun(planted.cases, some.labels, some.queues));
  assert.equal(chosen.labels, 0);
  assert.equal(chosen.left.chosen, 5);

  const all = labelled(planted, [{ person: 'a', sample: 'disagreements:300', done: 1, seed: 0 }]);
  const complete = judgedLabels(labelledRun(planted.cases, all.labels, all.queues));
  assert.equal(complete.labels, all.labels.length);
  assert.ok(complete.part !== null && complete.part.drawn < 300);
  assert.equal(complete.part.judged, 300);
});

test('nobody is given a case twice, and a sample goes on where it ended', () => {
  const { cases } = run();
  const first = drawQueue(
    { ...madeUpRequest('a'), design: { kind: 'stratified', size: 50 } },
    cases,
    [],
    [],
  );
  const second = drawQueue(
    { ...madeUpRequest('a'), design: { kind: 'random', size: 400 } },
    cases,
    [first],
    [],
  );
  const keys = [...first.items, ...second.items].map((item) => caseKey(item));
  assert.equal(first.items.length, 50);
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(keys.length, cases.length);
  const other = drawQueue(
    { ...madeUpRequest('b'), design: { kind: 'stratified', size: 50 } },
    cases,
    [],
    [],
  );
  assert.deepEqual(other.items, first.items);
  const reseeded = drawQueue(
    { ...madeUpRequest('b', 1), design: { kind: 'stratified', size: 50 } },
    cases,
    [],
    [],
  );
  assert.notDeepEqual(reseeded.items, first.items);
});

test('a stratified sample has every clause and verdict, and more of what is rare', () => {
  const { cases } = run();
  const { items } = drawQueue(
    { ...madeUpRequest('a'), design: { kind: 'stratified', size: 40 } },
    cases,
    [],
    [],
  );
  const verdicts = new Map(cases.map((one) => [caseKey(one), one.outcome]));
  const cells = new Set(
    items.map(({ sample, clause }) => `${clause} ${verdicts.get(caseKey({ sample, clause }))}`),
  );
  assert.equal(cells.size, 6);
  const share = (of: readonly { sample: number; clause: string }[]) =>
    of.filter(({ sample, clause }) => verdicts.get(caseKey({ sample, clause })) === 'violates')
      .length / of.length;
  assert.ok(share(items) > share(cases) * 1.2, `${share(items)} against ${share(cases)}`);
});

test('the planner sends labels to what is rare and doubtful, and leaves nothing unseen', () => {
  const planted = run();
  const { queues, labels } = labelled(planted, [
    { person: 'a', sample: 'random:60', done: 1, seed: 3 },
  ]);
  const so = labelledRun(planted.cases, labels, queues);
  const plan = narrowingPlan(so, 40);
  assert.equal(plan.labels, 40);
  assert.equal(plan.before, widthOf(so), 'as it is, not as the planner reckons');
  const fresh = narrowingPlan(labelledRun(planted.cases, [], []), 5);
  assert.equal(fresh.before, null);
  assert.ok([...fresh.allocation.values()].every((more) => more > 0));
  const queue = drawQueue(
    {
      ...madeUpRequest('a'),
      design: { kind: 'narrowing', size: 40 },
      narrowing: plan.allocation,
    },
    planted.cases,
    queues,
    labels,
  );
  assert.equal(queue.items.length, 40);
  assert.ok(queue.items.every(({ inclusion }) => inclusion > 0 && inclusion <= 1));
  const said = queue.items.map((item) =>
    madeUpLabel(item, 'a', planted.truth.get(caseKey(item)) ?? null, {
      inclusion: item.inclusion,
    }),
  );
  const then = widthOf(labelledRun(planted.cases, [...labels, ...said], [...queues, queue]));
  assert.ok(
    Math.abs(then - (plan.after ?? 0)) < 0.2 * then && then < 0.9 * (plan.before ?? 0),
    `${plan.before} to ${plan.after} was promised, and ${then} came of it`,
  );
});

test('where labels are of a part of the run alone, nothing is said of its rate', () => {
  const planted = run();
  const { queues, labels } = labelled(planted, [
    { person: 'a', sample: 'random:60', done: 1, seed: 3 },
  ]);
  const ofOne = queues.map((queue) => ({
    ...queue,
    clauses: ['c0'],
    items: queue.items.filter(({ clause }) => clause === 'c0'),
  }));
  const said = labels.filter(({ clause }) => clause === 'c0');
  const part = labelledRun(planted.cases, said, ofOne);
  assert.equal(narrowingPlan(part, 40).before, null);
  assert.match(correctedByLabels(part).reason ?? '', /drawn from 100 of 300 judged cases only/);
  assert.equal(
    narrowingPlan(part, 40, ({ clause }) => clause === 'c0').before,
    widthOf(part, 'c0'),
  );
});

function widthOf(labelledCases: ReturnType<typeof labelledRun>, clause?: string): number {
  const { low, high } = correctedByLabels(
    labelledCases,
    (one) => clause === undefined || one.clause === clause,
  );
  return (high ?? 0) - (low ?? 0);
}

test('people decide by majority; a tie and what none of them can tell is no label', () => {
  const cases = [0, 1, 2, 3].map((sample) => madeUpCase(sample, 0, 'violates'));
  const say = (sample: number, ...outcomes: LabelRecord['outcome'][]) =>
    outcomes.map((outcome, person) =>
      madeUpLabel({ sample, clause: 'c0' }, `p${person}`, outcome, { inclusion: null }),
    );
  const labels = [
    ...say(0, 'adheres', 'violates', 'adheres'),
    ...say(1, 'adheres', 'violates'),
    ...say(2, 'cannot_judge', 'violates'),
    ...say(3, 'not_applicable', 'not_applicable', 'adheres'),
  ];
  const run = labelledRun(cases, labels, []);
  assert.deepEqual(run.people, ['adheres', 'tied', 'violates', 'not_applicable']);
  const { items, left } = judgedLabels(run);
  assert.deepEqual([...items.labels], [1, -1, 0, -1]);
  assert.deepEqual([left.tied, left.not_applicable], [1, 1]);
  assert.notEqual(predictionPowered(items).estimate, null);
});
