import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSpec } from '../../../../spec/read.ts';
import { applyFixes, type LintFinding, lintSpec } from '../index.ts';
import { sampleSource } from '../samples.ts';

function findingsIn(text: string): LintFinding[] {
  return lintSpec(readSpec(sampleSource({ text })));
}

test('code and addresses are no wording: nothing is found or put right in them', () => {
  const texts = [
    'The assistant should print `the the` and ``a ` the the``.',
    'The assistant should read [it](https://a.example/TODO/generally).',
    'The assistant should write `TODO`, `usually` or `MUST NOT` where it is asked to.',
    'The assistant should answer.\n\n~~~\nthe the TODO\n~~~',
  ];
  for (const text of texts) {
    const found = findingsIn(text).filter(({ rule }) => rule !== 'S029' && rule !== 'S019');
    assert.deepEqual(
      found.map(({ rule }) => rule),
      [],
      text,
    );
  }
  assert.deepEqual(
    findingsIn('The assistant `should the the answer.').map(({ rule }) => rule),
    ['S047'],
    'a backtick that nothing closes begins no code',
  );
});

test('an id that is proposed is legal and free, and every reader takes it', () => {
  const text = [
    '# Überschrift 规范\n\nText.\n',
    '# One {#a}\n\nText.\n',
    '# Two {#a tags=x}\n\nText.\n',
    '# Three {#a}\n\nText.\n',
    '# A 2 {#a_2}\n\nText.\n',
    '# 规范\n\nText.\n',
    '# Words\n\nText.\n',
    '# Words\n\nText.\n',
  ].join('\n');
  const read = (words: string) =>
    readSpec({ file: 'spec.md', bytes: new TextEncoder().encode(words) });
  const found = lintSpec(read(text), { profile: 'openai' }).filter(({ rule }) => rule === 'S001');
  const fixed = applyFixes(text, found).text;
  const after = read(fixed);
  assert.deepEqual(
    after.sections.map(({ id }) => id),
    ['uberschrift', 'a', 'a_3', 'a_4', 'a_2', 'section_6', 'words', 'words_2'],
  );
  assert.deepEqual(
    lintSpec(after, { profile: 'openai' }).filter(({ rule }) => rule === 'S001'),
    [],
  );
  assert.ok(found.every(({ message }) => !message.includes('{#überschrift')));
});

test('an exception or a condition that the examples do not speak of is found, each by itself', () => {
  const found = findingsIn(
    'The assistant should answer unless it would endanger sailors. It should advise pirates only if they repent. It should greet neighbours unless nobody is there.',
  ).filter(({ rule }) => rule === 'S031');
  assert.equal(found.length, 3);
  assert.ok(found.every(({ severity }) => severity === 'information'));
});
