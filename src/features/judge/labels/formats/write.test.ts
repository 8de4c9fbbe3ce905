import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { LabelRecord } from '../../../../ledger/records.ts';
import { issueLines } from '../messages.ts';
import { readLabels } from './read.ts';
import { writingOf } from './registry.ts';
import { writtenLabel } from './written.ts';

const words = fc.stringMatching(/^[^\s](.*[^\s])?$/u, { maxLength: 12 });

const label: fc.Arbitrary<LabelRecord> = fc.record({
  run: fc.constant(1),
  sample: fc.nat(500),
  clause: fc.constantFrom('be_honest', 'x:y'),
  clauseHash: fc.constant('ab'),
  person: fc.oneof(words, fc.constantFrom('=cmd()', "'-x", 'a,"b"', '+1')),
  outcome: fc.constantFrom('adheres', 'violates', 'not_applicable', 'cannot_judge'),
  severity: fc.constant(null),
  note: fc.oneof(
    fc.constant(''),
    words,
    fc.constantFrom('=1+1', "''@x", 'two\nlines; and "quotes"'),
  ),
  inclusion: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  source: fc.constant('terminal'),
  time: fc.constant(0),
});

for (const format of ['csv', 'jsonl']) {
  test(`${format}: what is written reads back the same, and no cell is a formula`, () => {
    const print = writingOf(`labels.${format}`);
    assert.ok(print !== null);
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), (labels) => {
        const text = print(labels.map((one) => writtenLabel('ab12', one)));
        if (format === 'csv') {
          for (const cell of (parse(text) as string[][]).flat())
            assert.doesNotMatch(cell, /^[=+\-@]/);
        }
        const read = readLabels(new TextEncoder().encode(text));
        assert.ok('rows' in read, 'issues' in read ? issueLines('f', read).join('\n') : '');
        assert.deepEqual(
          read.rows.map(({ transcript, clause, outcome, person, note, inclusion }) => ({
            transcript,
            clause,
            outcome,
            person,
            note,
            inclusion,
          })),
          labels.map(({ sample, clause, outcome, person, note, inclusion }) => ({
            transcript: `t${sample + 1}`,
            clause,
            outcome,
            person,
            note,
            inclusion: inclusion === 0 ? 0 : inclusion,
          })),
        );
      }),
      { numRuns: 200 },
    );
  });
}
