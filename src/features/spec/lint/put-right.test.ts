import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSpec, type SpecSource } from '../../../spec/index.ts';
import { baselineOf, lintSpec, putRight } from './index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (content: Uint8Array | undefined): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);

const PROMPTS =
  'Examples for [^ab12] in An old title:\n\n**Example**: b\n\n~~~xml\n<user>\nWhy?\n</user>\n~~~\n';
const SPEC =
  '\ufeff# Be true {#be_true authority=root}\r\n\r\nIt should be be true[^ab12].\r\n\r\nA space:\u00a0here.\r\n';
const SOURCE: SpecSource = {
  file: 'spec.md',
  bytes: bytes(SPEC),
  evalFiles: [
    { file: 'examples/ab12.md', bytes: bytes(PROMPTS) },
    { file: 'examples/other.md', bytes: bytes('Untouched.') },
  ],
};

test('a spec and its eval prompts are put right, and nothing else in them', () => {
  const { linted, rounds, changed } = putRight(SOURCE);
  assert.deepEqual(
    rounds.map(({ file, applied }) => [file, applied.map(({ rule }) => rule)]),
    [
      ['spec.md', ['S047', 'S028']],
      ['examples/ab12.md', ['S005']],
    ],
  );
  assert.deepEqual([...changed.keys()], ['spec.md', 'examples/ab12.md']);
  assert.equal(
    textOf(changed.get('spec.md')),
    SPEC.replace('be be', 'be').replace('\u00a0', ' '),
    'the byte-order mark and line ends stay',
  );
  assert.equal(textOf(changed.get('examples/ab12.md')), PROMPTS.replace('An old title', 'Be true'));
  assert.ok(linted.findings.every(({ fix }) => fix === undefined));
  assert.deepEqual(linted.findings, lintSpec(linted.spec));
  assert.equal(textOf(SOURCE.bytes), SPEC, 'what was given is not changed');
});

test('what a fix brings up is put right in the next round', () => {
  // Without the second word the third is the second.
  const source = {
    file: 'spec.md',
    bytes: bytes('# A {#a authority=root}\n\nIt must go go go go.\n'),
  };
  const { rounds, changed } = putRight(source);
  assert.ok(rounds.length > 1);
  assert.equal(textOf(changed.get('spec.md')), '# A {#a authority=root}\n\nIt must go.\n');
});

test('what is switched off or known is not put right', () => {
  assert.deepEqual(
    putRight(SOURCE, { rules: { S005: 'off', S028: 'off', S047: 'off' } }).rounds,
    [],
  );
  const spec = readSpec(SOURCE);
  const known = new Set(baselineOf(spec, lintSpec(spec)).map(({ fingerprint }) => fingerprint));
  const { rounds, linted } = putRight(SOURCE, { known });
  assert.deepEqual([rounds, linted.findings, linted.overlooked], [[], [], known.size]);
});

test('files that are only named by a text that joins them are left alone', () => {
  const joined = '<!-- tenet-file: AGENTS.md -->\n# Rules\n\nYou must answer. See [?](#x).\n';
  const source = { file: 'folder', bytes: bytes(joined), dialect: 'instructions' };
  const { linted, changed } = putRight(source);
  assert.ok(linted.findings.some(({ file }) => file === 'AGENTS.md'));
  assert.equal(changed.size, 0);
});
