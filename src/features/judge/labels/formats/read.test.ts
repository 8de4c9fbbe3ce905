import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IssueCode, issueLines } from '../messages.ts';
import type { LabelFormat } from './format.ts';
import type { LabelIssues } from './issues.ts';
import { readLabels } from './read.ts';
import type { LabelRow } from './row.ts';

/** The rows of a text, which must be read as this. */
function rows(text: string, format: LabelFormat['name']): LabelRow[] {
  const read = readLabels(new TextEncoder().encode(text));
  assert.ok('rows' in read, 'issues' in read ? issueLines('labels', read).join('\n') : '');
  assert.equal(read.format, format);
  return read.rows;
}

function issues(text: string | Uint8Array): LabelIssues<IssueCode> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const read = readLabels(bytes);
  assert.ok('issues' in read, 'it should not be read');
  return read;
}

function problems(text: string | Uint8Array): string[] {
  return issueLines('f', issues(text));
}

const SAYS = ({ run, transcript, clause, outcome, severity, person, note }: LabelRow) => [
  run,
  transcript,
  clause,
  outcome,
  severity,
  person,
  note,
];

test('CSV: names of columns in any case and order, quotes, line ends, words of others', () => {
  const text = [
    '\ufeffPerson,Outcome,Transcript,what we do not know,Clause,Severity,Note',
    'Ann,violates,t3,x,be_honest,major,"said ""no"", then',
    'yes"',
    'Bo,PASS,7,,#be_honest,,',
    '',
    ',not applicable,t9,,be_honest,,',
  ].join('\r\n');
  const read = rows(text, 'csv');
  assert.deepEqual(read.map(SAYS), [
    [null, 't3', 'be_honest', 'violates', 'major', 'Ann', 'said "no", then\r\nyes'],
    [null, '7', 'be_honest', 'adheres', null, 'Bo', ''],
    [null, 't9', 'be_honest', 'not_applicable', null, null, ''],
  ]);
  assert.deepEqual(
    read.map(({ line, column }) => [line, column]),
    [
      [2, 5],
      [4, 4],
      [6, 2],
    ],
  );
});

test('a validation set of Scout: ids with and without the run, and a split', () => {
  const read = rows('id,target,split\nab12/t3#x,true,dev\nt4#x,I,\n', 'scout');
  assert.deepEqual(
    read.map(({ run, transcript, clause, outcome, split }) => [
      run,
      transcript,
      clause,
      outcome,
      split,
    ]),
    [
      ['ab12', 't3', 'x', 'adheres', 'dev'],
      [null, 't4', 'x', 'violates', null],
    ],
  );
});

test('JSON lines and a list of objects', () => {
  const one = '{"transcript":"t1","clause":"x","outcome":"adheres","inclusion":0.25,"note":null}';
  const [line] = rows(`${one}\n\n`, 'json-lines');
  assert.equal(line?.inclusion, 0.25);
  assert.deepEqual(
    rows(`[${one},\n ${one}]`, 'json-lines').map(({ line: at, column }) => [at, column]),
    [
      [1, 2],
      [2, 2],
    ],
  );
});

test('Label Studio: one label for each annotation, what was cancelled left out, the data no verdict', () => {
  const task = (annotations: unknown[]) => ({
    id: 5,
    data: { id: 'ab12/t3#x', outcome: 'adheres', text: 'what was shown' },
    annotations,
  });
  const choice = (...choices: string[]) => ({ type: 'choices', value: { choices } });
  const text = JSON.stringify(
    [
      task([
        { completed_by: 7, result: [choice('violates'), choice('Minor')] },
        {
          completed_by: { id: 8, email: 'bo@x.org' },
          result: [choice('adheres'), { value: { text: ['hm'] } }],
        },
        { completed_by: 9, was_cancelled: true, result: [choice('adheres')] },
      ]),
      task([]),
    ],
    null,
    2,
  );
  assert.deepEqual(rows(text, 'label-studio').map(SAYS), [
    ['ab12', 't3', 'x', 'violates', 'minor', 'annotator 7', ''],
    ['ab12', 't3', 'x', 'adheres', null, 'bo@x.org', 'hm'],
  ]);
  const undecided = JSON.stringify([task([{ result: [choice('good', 'bad')] }])]);
  assert.match(problems(undecided)[0] ?? '', /^f:1:2: an annotation must have one choice/);
});

test('every problem of a file is told with its place, and spoils the file', () => {
  const text = [
    'transcript,clause,outcome,severity,inclusion',
    't1,x,adhers,,',
    't2,x,adheres,major,',
    't3,x,violates,huge,2',
    't4,,adheres,,',
    't5,x,,,',
    't6,x,violates,minor,0.5',
  ].join('\n');
  assert.deepEqual(problems(text), [
    "f:2:6: there is no outcome 'adhers'. Is it 'adheres'?",
    "f:3:14: what is 'adheres' has no severity. Leave it empty.",
    "f:4:15: there is no severity 'huge'. Write minor, major, critical.",
    "f:4:20: the inclusion '2' is no chance from 0 to 1.",
    'f:5:1: there is no clause. Give both, or an id such as t17#clause.',
    'f:6:6: there is no outcome. Leave the row out where nobody labelled it.',
  ]);
  const many = `transcript,clause,outcome\n${'t1,x,huh\n'.repeat(500)}`;
  assert.equal(problems(many).length, 21);
});

const BROKEN: [string, string | Uint8Array, RegExp][] = [
  ['nothing', '', /^f:1:1: there is no label/],
  ['no UTF-8', new Uint8Array([0xff, 0xfe, 0x41]), /^f:1:1: this is no UTF-8/],
  ['a CSV without our columns', 'a,b\n1,2\n', /^f:1:1: the first row must name the columns/],
  ['a column twice', 'id,target,Outcome\nt1#x,I,C\n', /^f:1:11: a second column for the outcome/],
  ['a quote without end', 'id,target\nt1#x,"I\n', /^f:\d+:1: this is no CSV/],
  ['an id that is no id', 'id,target\n17,I\n', /^f:2:1: the id '17' is none of ours/],
  ['broken JSON', '[{"a":1},\n]', /^f:2:\d: this is no JSON/],
  ['a broken line of JSON', '{"transcript":"t1",\n', /^f:1:\d+: this line is no JSON/],
  ['a list of numbers', '[1]', /^f:1:2: a label must be an object/],
  ['an object for a text', '{"outcome":{}}', /^f:1:2: 'outcome' must be a text/],
  ['a task without annotations', '[{"annotations":3}]', /^f:1:2: this is no task/],
];

for (const [what, text, expected] of BROKEN) {
  test(`what can't be read is told: ${what}`, () => {
    assert.match(problems(text)[0] ?? '', expected);
  });
}
