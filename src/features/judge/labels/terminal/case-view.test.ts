import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SampleRecord, VerdictRecord } from '../../../../ledger/records.ts';
import { madeUpLog } from '../../../../ledger/transcript.fixture.ts';
import type { Plan } from '../../../../run/plan.ts';
import { readSpec } from '../../../../spec/index.ts';
import { caseView } from './case-view.ts';

const TEXT = `# Book {#book}

## Be true {#be_true authority=root}

It should be true.

## Be kind {#be_kind authority=user}

It should be kind.
`;
const spec = readSpec({ file: 'spec.md', bytes: new TextEncoder().encode(TEXT) });

const plan = {
  clauses: [
    { id: 'be_true', title: 'Be true', level: 'root' },
    { id: 'be_kind', title: 'Be kind', level: 'user' },
  ],
  subjects: [{}],
  repeats: 1,
  suite: { scenarios: [{ id: 's', clauses: ['be_true', 'be_kind'], tools: [{ name: 'find' }] }] },
  rubrics: [{ clause: 'be_kind', name: 'own', text: 'Is it kind?' }],
} as unknown as Plan;

const stored = {
  sample: {
    transcript: madeUpLog([{ id: 'm1', role: 'assistant', content: 'Yes', source: 'subject' }], {
      finish: 'length',
    }),
  } as unknown as SampleRecord,
  verdicts: ['be_true', 'be_kind'].map(
    (clause) => ({ clause, reason: `of ${clause}` }) as VerdictRecord,
  ),
};

test('a case has the words of its clause, and the verdicts on it alone, where they are wanted', () => {
  const kind = caseView({ plan, spec }, { sample: 0, clause: 'be_kind' }, stored, true);
  assert.deepEqual(kind.clause, {
    id: 'be_kind',
    title: 'Be kind',
    level: 'user',
    text: 'It should be kind.',
  });
  assert.equal(kind.rubric, 'Judged by the rubric own:\nIs it kind?');
  assert.deepEqual(
    kind.verdicts.map(({ reason }) => reason),
    ['of be_kind'],
  );
  assert.deepEqual([kind.tools, kind.isCutShort, kind.messages.length], [['find'], true, 1]);
  const unseen = caseView({ plan, spec }, { sample: 0, clause: 'be_true' }, stored, false);
  assert.deepEqual([unseen.verdicts, unseen.rubric], [[], null]);
  const none = caseView({ plan, spec }, { sample: 0, clause: 'gone' }, null, true);
  assert.deepEqual([none.clause.text, none.messages, none.isCutShort], ['', [], false]);
});
