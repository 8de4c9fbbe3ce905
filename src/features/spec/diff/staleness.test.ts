import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planAudit } from '../../../run/plan.ts';
import { drawSuite } from '../../../run/suite/draw.ts';
import { readSpec, type Spec, selectClauses } from '../../../spec/index.ts';
import { diffSpecs } from './index.ts';
import { because, together } from './messages.ts';
import type { RunStanding } from './schema.ts';
import { newClauses, standingOf } from './staleness.ts';

const example = (title: string): string =>
  `**Example**: ${title}\n\n~~~xml\n<user>\nWhat of ${title}?\n</user>\n<comparison>\n<assistant> <!-- GOOD -->\nYes\n</assistant>\n</comparison>\n~~~\n\n`;

const clause = (id: string, level: string, text: string): string =>
  `## On ${id} {#${id} authority=${level}}\n\n${text}\n\n${example(id)}`;

const OLDER = [
  clause('same', 'user', 'It must be the same.'),
  clause('typed', 'user', "It mustn't be typed otherwise."),
  clause('worded', 'user', 'It should be kind to all users, old and new.'),
  clause('duty', 'user', 'It should answer briefly.'),
  clause('ranked', 'user', 'It should keep its rank.'),
  clause('gone', 'user', 'It should be gone one day.'),
  clause(
    'named',
    'user',
    'It should keep these words and lose the id that it had in the older version.',
  ),
].join('');
const NEWER = OLDER.replace("mustn't", 'mustn’t')
  .replace('kind to all users', 'gentle to all users')
  .replace('answer briefly', 'never answer briefly')
  .replace('{#ranked authority=user}', '{#ranked authority=root}')
  .replace(clause('gone', 'user', 'It should be gone one day.'), '')
  .replace('{#named', '{#called')
  .concat(
    clause('fresh', 'user', 'Something else entirely: it must be fresh, every morning anew.'),
  );

function specOf(text: string): Spec {
  return readSpec({ file: 'spec.md', bytes: new TextEncoder().encode(text) });
}

function outlook(planned: string, older: string, newer: string): RunStanding {
  const spec = specOf(planned);
  const model = { name: 'sim:x', label: 'sim:x', family: null, simulated: true, parameters: {} };
  const plan = planAudit({
    spec,
    suite: drawSuite(spec),
    subjects: [{ ...model, system: null }],
    judges: [model],
    repeats: 2,
    seed: null,
  });
  const [before, after] = [specOf(older), specOf(newer)];
  return standingOf({
    diff: diffSpecs(before, after),
    older: before,
    newer: after,
    plan,
    verdicts: new Map(plan.clauses.map(({ id }) => [id, 2])),
    scenarios: [...drawSuite(after).scenarios],
  });
}

test('each verdict stands or is stale by what became of its clause', () => {
  const result = outlook(OLDER, OLDER, NEWER);
  assert.deepEqual(
    result.clauses.map(({ id, newerId, standing, isStale }) => [id, newerId, standing, isStale]),
    [
      ['same', 'same', 'same', false],
      ['typed', 'typed', 'editorial', false],
      ['worded', 'worded', 'clarifying', true],
      ['duty', 'duty', 'normative', true],
      ['ranked', 'ranked', 'relevelled', true],
      ['gone', null, 'removed', true],
      ['named', 'called', 'editorial', false],
    ],
  );
  assert.deepEqual([result.verdicts, result.standing, result.stale], [14, 6, 8]);
  assert.deepEqual(newClauses(diffSpecs(specOf(OLDER), specOf(NEWER)), specOf(NEWER)), ['fresh']);
});

test('the smallest suite is that of the stale clauses that are still there', () => {
  const { again } = outlook(OLDER, OLDER, NEWER);
  assert.deepEqual(again.clauses, ['worded', 'duty', 'ranked']);
  assert.deepEqual(again.scenarios, ['worded#1', 'duty#1', 'ranked#1']);
  assert.equal(again.samples, 6);
  assert.deepEqual(selectClauses(specOf(NEWER), again.query ?? ''), { ids: again.clauses });
});

test('nothing is stale for a run of the newer version, and unknown words are never taken to stand', () => {
  const done = outlook(NEWER, OLDER, NEWER);
  assert.deepEqual([done.stale, done.again.query], [0, null]);
  const third = outlook(OLDER.replace('answer briefly', 'answer at length'), OLDER, NEWER);
  assert.equal(third.clauses.find(({ id }) => id === 'duty')?.standing, 'unknown');
});

test('reasons are one where their data are, not where their sentences are', () => {
  const older = clause('a', 'user', 'It must do so.').replaceAll('On a', "On 'a'");
  const quoted = older.replace("On 'a'", 'On ‘a’');
  const both = quoted.replace('**Example**: a', '**Example**: “a”');
  const codes = (newer: string) =>
    outlook(older, older, newer).clauses.map(({ standing, reasons }) => [
      standing,
      ...reasons.map(({ code }) => code),
    ]);
  assert.deepEqual(codes(quoted), [['editorial', 'title-typed']]);
  // Both of these say: its title is typed otherwise.
  assert.deepEqual(codes(both), [['editorial', 'title-typed', 'example-title-typed']]);
});

test('what a sentence leaves out of a list makes no other reason', () => {
  const must = ['must', 'never', 'only'];
  const [one, other, third] = [
    because('directing', { change: 'added', words: [...must, 'always'] }),
    because('directing', { change: 'added', words: [...must, 'unless'] }),
    because('directing', { change: 'removed', words: must }),
  ];
  const { reason, reasons } = together([one, other, third]);
  assert.deepEqual(reasons, [
    { code: other.code, data: other.data },
    { code: third.code, data: third.data },
  ]);
  assert.equal(reason, `${one.reason}; ${third.reason}`);
});
