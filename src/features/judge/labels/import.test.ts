import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Plan } from '../../../run/plan.ts';
import type { LabelRow } from './formats/row.ts';
import { importLabels } from './import.ts';
import { madeUpCase, madeUpLabel } from './made-up.fixture.ts';
import { issueLines } from './messages.ts';

const plan = {
  clauses: [
    { id: 'c0', hash: 'words of c0' },
    { id: 'c1', hash: 'words of c1' },
  ],
} as unknown as Plan;

/** Of six transcripts t6 has no reply, and only t2 tests c1. */
const target = {
  run: { ordinal: 1, id: 'ab12cd34ef', samples: 6 },
  plan,
  cases: [0, 1, 2, 3, 4].map((sample) => madeUpCase(sample, sample === 1 ? 1 : 0, 'adheres')),
  labels: [madeUpLabel({ sample: 3, clause: 'c0' }, 'Ann', 'violates', { severity: 'minor' })],
  file: 'labels.csv',
  person: 'Ann',
  now: 9,
};

let line = 0;

function row(transcript: string, clause: string, over: Partial<LabelRow> = {}): LabelRow {
  line++;
  return {
    ...{ run: null, transcript, clause, clauseHash: null, outcome: 'adheres', severity: null },
    ...{ person: null, note: '', inclusion: null, split: null, line, column: 3 },
    ...over,
  };
}

test('labels become records of the run; what is known, repeated or changed is told apart', () => {
  const imported = importLabels(target, [
    row('t1', 'c0', { person: 'Bo', note: 'so', clauseHash: 'words of c0', run: 'ab12' }),
    row('2', 'c1', { inclusion: 0.25 }),
    row('t2', 'c1'),
    row('t4', 'c0'),
    row('t4', 'c0', { person: 'Bo' }),
  ]);
  assert.ok('records' in imported);
  assert.deepEqual(
    imported.records.map(
      ({ sample, clause, person, note, inclusion, clauseHash, source, time }) => [
        ...[sample, clause, person, note, inclusion, clauseHash, source, time],
      ],
    ),
    [
      [0, 'c0', 'Bo', 'so', null, 'words of c0', 'labels.csv', 9],
      [1, 'c1', 'Ann', '', 0.25, 'words of c1', 'labels.csv', 9],
      [3, 'c0', 'Ann', '', null, 'words of c0', 'labels.csv', 9],
      [3, 'c0', 'Bo', '', null, 'words of c0', 'labels.csv', 9],
    ],
  );
  assert.equal(imported.repeated, 1);
  assert.deepEqual(imported.changed, target.labels);
  const again = importLabels({ ...target, labels: imported.records }, [row('t4', 'c0')]);
  assert.ok('records' in again);
  assert.deepEqual([again.known, again.records], [1, []]);
});

test('everything that does not fit the run is told by code and data, in the order of the file', () => {
  line = 0;
  const refused = importLabels(target, [
    row('t1', 'c0', { run: 'ab1', line: 30 }),
    row('seven', 'c0'),
    row('t7', 'c0'),
    row('t1', 'c2'),
    row('t1', 'c0', { clauseHash: 'other words' }),
    row('t6', 'c0'),
    row('t2', 'c0'),
    row('t5', 'c0', { line: 20 }),
    row('t5', 'c0', { line: 8, outcome: 'violates' }),
  ]);
  assert.ok('issues' in refused);
  const { issues } = refused;
  assert.deepEqual(
    issues.map(({ code, line: at, data }) => [code, at, data]),
    [
      ['no-transcript', 2, { word: 'seven' }],
      ['beyond', 3, { transcript: 't7', run: 'ab12cd34ef', last: 't6' }],
      ['unknown-clause', 4, { clause: 'c2', near: 'c0' }],
      ['other-words', 5, { clause: 'c0' }],
      ['no-reply', 6, { transcript: 't6', run: 'ab12cd34ef' }],
      ['not-tested', 7, { transcript: 't2', clause: 'c0' }],
      [
        'contradiction',
        8,
        {
          ...{ person: 'Ann', outcome: 'violates', transcript: 't5', clause: 'c0' },
          other: { line: 20, column: 3, outcome: 'adheres' },
        },
      ],
      ['other-run', 30, { named: 'ab1', run: 'ab12cd34ef' }],
    ],
  );
  assert.deepEqual(issueLines('a\u001b.csv', { issues: issues.slice(2, 3), more: 2 }), [
    'a␛.csv:4:3: the spec has no clause #c2. Is it #c0?',
    'a␛.csv: 2 more like these.',
  ]);
});
