import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  RELEASES,
  sharedJson,
  sharedRelease,
  skipUnlessShared,
} from '../../../../test/shared-data.ts';
import { printAs } from '../../../spec/formats/formats.ts';
import { readSpec, type Spec } from '../../../spec/index.ts';
import { applyDiff, diffSpecs, type SpecDiff } from './index.ts';

function specOf(text: string): Spec {
  return readSpec({ file: 'made-up.md', bytes: new TextEncoder().encode(text) });
}

function diffOf(older: string, newer: string): SpecDiff {
  return diffSpecs(specOf(older), specOf(newer));
}

interface Golden {
  diffs: Record<
    string,
    {
      added: string[];
      removed: string[];
      title_changed: Record<string, [string, string]>;
      authority_changed: Record<string, [string, string]>;
      parent_or_level_changed: Record<string, unknown>;
      body_changed: string[];
      footnotes_added: string[];
      footnotes_removed: string[];
    }
  >;
}

const sorted = (items: readonly string[]): string[] => items.toSorted();

test('the difference of two releases is the one that was checked by hand', (t) => {
  if (skipUnlessShared(t)) return;
  const golden = (sharedJson('model-spec/golden.json') as Golden).diffs['2025-04-11..2025-09-12'];
  assert.ok(golden);
  const [older, newer] = [
    readSpec(sharedRelease('2025-04-11')),
    readSpec(sharedRelease('2025-09-12')),
  ];
  const diff = diffSpecs(older, newer);
  assert.deepEqual(sorted(diff.added), sorted(golden.added));
  assert.deepEqual(sorted(diff.removed), sorted(golden.removed));
  assert.deepEqual(sorted(diff.textChanged), sorted(golden.body_changed));
  assert.deepEqual(
    Object.fromEntries(diff.retitled.map(({ id, from, to }) => [id, [from, to]])),
    golden.title_changed,
  );
  assert.deepEqual(
    Object.fromEntries(diff.relevelled.map(({ id, from, to }) => [id, [from, to]])),
    golden.authority_changed,
  );
  assert.deepEqual(
    sorted(diff.moved.map(({ id }) => id)),
    sorted(Object.keys(golden.parent_or_level_changed)),
  );
  assert.deepEqual(diff.evalTagsAdded, []);
  assert.deepEqual(sorted(diff.evalTagsRemoved.map(({ tag }) => tag)), golden.footnotes_removed);

  assert.deepEqual(
    diff.renamed.map(({ from, to }) => [from, to]),
    [['protect_privileged_messages', 'protect_privileged_information']],
  );
  assert.deepEqual(
    diff.merged.map(({ from, to }) => [from.map(({ id }) => id), to]),
    [
      [['approachable'], 'style'],
      [['be_kind', 'be_engaging'], 'love_humanity'],
      [['be_empathetic'], 'be_responsible'],
    ],
  );
  assert.deepEqual(diff.levels.renamed, [{ from: 'platform', to: 'root' }]);
  assert.deepEqual(
    diff.relevelled.filter(({ kind }) => kind === 'rank').map(({ id }) => id),
    ['comply_with_laws', 'no_erotica_or_gore', 'use_preset_voice_in_voice_mode'],
  );
});

test('every release can be made of every other one and the difference', (t) => {
  if (skipUnlessShared(t)) return;
  const specs = RELEASES.map((version) => readSpec(sharedRelease(version)));
  for (const older of specs) {
    for (const newer of specs) {
      const diff = diffSpecs(older, newer);
      assert.equal(applyDiff(older, diff), newer.text);
      assert.equal(diff.changes.length === 0, older === newer);
      assert.deepEqual(JSON.parse(JSON.stringify(diff)), diff);
    }
  }
});

const sentence = fc.constantFrom(
  'The assistant must be honest.',
  'It should ask when it can’t tell.',
  'Users may set this aside.',
  'This is why it matters.',
  '模型必须诚实。',
  'A line with trailing space ',
);
const body = fc.array(
  fc.oneof(
    sentence,
    fc.constantFrom(
      '- one\n- two',
      '!!! meta "Commentary"\n\n    It is so.',
      '**Example**: a greeting\n\n~~~xml\n<user>\nHi\n</user>\n<comparison>\n<assistant> <!-- GOOD -->\nHello\n</assistant>\n<assistant> <!-- BAD -->\nGo away\n</assistant>\n</comparison>\n~~~',
      'Tagged words[^ab12].',
      '~~~\nnever closed',
    ),
    fc.string({ maxLength: 12 }),
  ),
  { maxLength: 4 },
);
const section = fc.record({
  depth: fc.integer({ min: 1, max: 4 }),
  title: fc.constantFrom('Be honest', 'Be kind', 'Overview', 'Say what is so'),
  id: fc.constantFrom(
    '',
    ' {#a}',
    ' {#b authority=root}',
    ' {#c authority=user}',
    ' {#d authority=platform}',
  ),
  body,
});
const document = fc
  .tuple(
    fc.constantFrom('', 'Before all.\n\n', '\ufeff'),
    fc.array(section, { maxLength: 6 }),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([start, sections, end]) => {
    const parts = sections.map(
      ({ depth, title, id, body: blocks }) =>
        `${'#'.repeat(depth)} ${title}${id}\n\n${blocks.join('\n\n')}`,
    );
    return `${start}${parts.join('\n\n')}`.replaceAll('\n', end);
  });

test('a difference from a text to itself is empty, and patching gives the other text', () => {
  fc.assert(
    fc.property(document, document, (first, second) => {
      const [older, newer] = [specOf(first), specOf(second)];
      const same = diffSpecs(older, specOf(first));
      assert.deepEqual(
        [same.changes, same.patch.steps, same.added, same.removed],
        [[], [], [], []],
      );
      const diff = diffSpecs(older, newer);
      const bytes = new TextEncoder().encode(applyDiff(older, diff));
      assert.deepEqual(bytes, new TextEncoder().encode(second));
      if (older.text !== newer.text) assert.ok(diff.changes.length > 0);
      for (const change of diff.changes) {
        for (const { words, before, after } of change.edits ?? []) {
          if (words === undefined) continue;
          const side = (sign: string): string =>
            words
              .filter(([own]) => own === '=' || own === sign)
              .map(([, text]) => text)
              .join('');
          assert.deepEqual([side('-'), side('+')], [before, after]);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('a difference does not fit another text', () => {
  const diff = diffOf('# A {#a authority=user}\n\nOne.', '# A {#a authority=user}\n\nTwo.');
  assert.throws(() => applyDiff(specOf('# A {#a authority=user}\n\nThree.'), diff), RangeError);
});

test('levels are mapped as a whole: a new name apart from a new rank', () => {
  const words = (names: string[], of: string[]): string =>
    `<!-- tenet: id=x levels=${names.join('>')} -->\n${of.map((level, place) => `# C${place} {#c${place} authority=${level}}\n\nIt must do ${place}.\n`).join('\n')}`;
  const renamed = diffOf(
    words(['high', 'low'], ['high', 'high', 'low', 'high']),
    words(['top', 'base'], ['top', 'top', 'base', 'base']),
  );
  assert.deepEqual(renamed.levels.renamed, [
    { from: 'high', to: 'top' },
    { from: 'low', to: 'base' },
  ]);
  assert.deepEqual(
    renamed.relevelled.map(({ id, kind }) => `${id} ${kind}`),
    ['c0 vocabulary', 'c1 vocabulary', 'c2 vocabulary', 'c3 rank'],
  );
  const swapped = diffOf(words(['a', 'b'], ['a', 'b']), words(['b', 'a'], ['a', 'b']));
  assert.deepEqual(swapped.levels.reordered, ['a', 'b']);
  assert.equal(swapped.relevelled.length, 0);
  assert.ok(swapped.counts.normative > 0);
});

test('a renamed heading takes its children with it, and a moved one is told', () => {
  const older = '# Part one {#one}\n\n## Leaf {#leaf authority=user}\n\nBe so.\n\n# Two {#two}\n';
  const renamed = diffOf(older, older.replace('{#one}', '{#first}'));
  assert.deepEqual([renamed.moved, renamed.renamed.length], [[], 1]);
  const moved = diffOf(
    older,
    '# Part one {#one}\n\n# Two {#two}\n\n## Leaf {#leaf authority=user}\n\nBe so.\n',
  );
  assert.deepEqual(moved.moved, [{ id: 'leaf', from: 'one', to: 'two' }]);
});

test('another layout changes no text', () => {
  const { textChanged, counts } = diffOf(
    '# A {#a authority=user}\n\n- It must answer.\n- It may ask.\n',
    '# A {#a authority=user}\n\n1. It must\n   answer.\n2. It may ask.\n',
  );
  assert.deepEqual(textChanged, []);
  assert.deepEqual(counts, { normative: 0, clarifying: 0, editorial: 1 });
});

test('a spec printed in another form is the same spec', (t) => {
  if (skipUnlessShared(t)) return;
  const older = readSpec(sharedRelease('2025-12-18'));
  const newer = readSpec({
    file: 'spec.json',
    bytes: new TextEncoder().encode(printAs(older, 'json')),
  });
  const { textChanged, counts } = diffSpecs(older, newer);
  assert.deepEqual(textChanged, []);
  assert.deepEqual([counts.normative, counts.clarifying], [0, 0]);
});
