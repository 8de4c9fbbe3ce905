// Headings and what follows from them: ids, levels, kinds, clauses; and what a document is called.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { identityFromPath } from './identity.ts';
import { readSpec, type Section, type Spec, type SpecSource } from './index.ts';

function read(text: string, source: Partial<SpecSource> = {}): Spec {
  return readSpec({ file: 'spec.md', bytes: new TextEncoder().encode(text), ...source });
}

function section(spec: Spec, id: string): Section {
  const found = spec.sections.find((candidate) => candidate.id === id);
  assert.ok(found, `#${id}`);
  return found;
}

describe('headings', () => {
  it('give title, depth, parent and attributes with their places', () => {
    const spec = read(
      '# A {#a}\n\n### It’s {odd}, no? {#b authority=root tags=x,y}\n\n## C {#c}\n',
    );
    const b = section(spec, 'b');
    assert.equal(b.title, 'It’s {odd}, no?');
    assert.equal(b.depth, 3);
    assert.equal(b.parent, 'a');
    assert.deepEqual(b.tags, ['x', 'y']);
    assert.deepEqual(
      b.attributes.map(({ key, value, span }) => [key, value, span.start.line, span.start.column]),
      [
        ['authority', 'root', 3, 25],
        ['tags', 'x,y', 3, 40],
      ],
    );
    assert.equal(section(spec, 'c').parent, 'a');
  });

  it('take attributes in any order, quoted, and with their other names', () => {
    const spec = read('# A {kind="objective" level=User #a}\n');
    assert.equal(section(spec, 'a').level, 'user');
    assert.equal(section(spec, 'a').kind, 'objective');
    assert.deepEqual(spec.diagnostics, []);
  });

  it('are not read inside fences, and not from hashtags or seven hashes', () => {
    const spec = read('# A {#a}\n\n~~~text\n# B\n~~~\n\n#tag\n\n####### C\n');
    assert.deepEqual(
      spec.sections.map(({ id }) => id),
      ['a'],
    );
  });

  it('are closed by marks that are no part of their titles', () => {
    const spec = readSpec('# Be kind #\n\n## Learn C#\n\n## ##\n\n## Hash # {#hash}\n');
    assert.deepEqual(
      spec.sections.map(({ title }) => title),
      ['Be kind', 'Learn C#', '', 'Hash #'],
    );
  });

  it('without an id get one that no written id has', () => {
    const spec = read('# Be honest!\n\n# Be honest\n\n# Other {#be_honest}\n\n# 诚实 原则\n\n#\n');
    assert.deepEqual(
      spec.sections.map(({ id }) => id),
      ['be_honest~2', 'be_honest~3', 'be_honest', '诚实_原则', 'section'],
    );
  });

  it('with the same id stay apart', () => {
    const spec = read('# A {#a}\n\n# B {#a}\n\n# C {#a~2}\n\n# D {#a}\n');
    assert.deepEqual(
      spec.sections.map(({ id }) => id),
      ['a', 'a~3', 'a~2', 'a~4'],
    );
  });
});

describe('the hash of a section', () => {
  it('changes with its own text only', () => {
    const one = read('# A {#a}\n\ntext\n\n# B {#b}\n');
    const two = read('# A {#a}\r\n\r\ntext\r\n\r\n\r\n# C {#c}\r\n\r\nmore\r\n');
    const three = read('# A {#a}\n\nText\n');
    assert.equal(section(one, 'a').textHash, section(two, 'a').textHash);
    assert.notEqual(section(one, 'a').textHash, section(three, 'a').textHash);
  });
});

describe('levels', () => {
  const names = (text: string): string[] => read(text).levels.map(({ name }) => name);

  it('are those of the vocabulary in use', () => {
    assert.deepEqual(names('# A {#a authority=user}'), [
      'root',
      'system',
      'developer',
      'user',
      'guideline',
    ]);
    assert.deepEqual(names('# A {#a authority=platform}'), [
      'platform',
      'developer',
      'user',
      'guideline',
    ]);
    assert.deepEqual(names('# A {#a authority=rule}'), ['objective', 'rule', 'default']);
    assert.deepEqual(names('# A {#a}'), []);
  });

  it('of several vocabularies, and words of none, are ranked all the same', () => {
    const text =
      '# A {#a level=zeal}\n# B {#b level=root}\n# C {#c level=platform}\n# D {#d level=ardour}';
    assert.deepEqual(names(text), ['root', 'platform', 'zeal', 'ardour']);
    assert.deepEqual(
      read(text).levels.map(({ rank, overridable }) => [rank, overridable]),
      [
        [0, false],
        [1, false],
        [2, true],
        [3, true],
      ],
    );
  });

  it('are declared by the header, with who may override them', () => {
    const spec = read(
      '<!-- tenet: levels=safe!>user>root?>kind -->\n# A {#a level=kind}\n# B {#b level=rude}\n',
    );
    assert.deepEqual(
      spec.levels.map(({ name, overridable }) => [name, overridable]),
      [
        ['safe', false],
        ['user', true],
        ['root', true],
        ['kind', true],
        ['rude', true],
      ],
    );
    assert.deepEqual(
      spec.diagnostics.map(({ code }) => code),
      ['unknown-level'],
    );
  });
});

describe('clauses', () => {
  const conversation = (marked: boolean): string =>
    `**Example**: e\n\n~~~xml\n<user>\nHi\n</user>\n${marked ? '<comparison>\n<assistant> <!-- GOOD -->\nHi\n</assistant>\n</comparison>\n' : ''}~~~\n`;
  const spec = read(
    [
      '# Definitions {#definitions}\n\n**Model**: this.\n',
      '## Terms {#terms}\n\n**Token:** that.\n',
      '## A rule here {#rule_here authority=root}\n',
      '# Chapter {#chapter}\n\nText.\n',
      `## Shown {#shown}\n\n${conversation(true)}`,
      `## Unmarked {#unmarked}\n\n${conversation(false)}`,
      '## Tagged {#tagged}\n\n- in a list[^ab12]\n',
      '## Kind {#kinded kind=objective}\n',
      '## Meaning {#meaning kind=definition}\n\n**Word**: sense.\n',
      '## Default {#default level=guideline}\n',
      '## Forced {#forced level=guideline kind=rule}\n',
    ].join('\n'),
  );

  it('are sections with a level, a kind, marked replies or an eval tag', () => {
    assert.deepEqual(
      spec.sections.filter(({ isClause }) => isClause).map(({ id }) => id),
      ['rule_here', 'shown', 'tagged', 'kinded', 'default', 'forced'],
    );
  });

  it('have the kind that is written, or that their level implies', () => {
    assert.deepEqual(Object.fromEntries(spec.sections.map(({ id, kind }) => [id, kind])), {
      definitions: 'definition',
      terms: 'definition',
      rule_here: 'rule',
      chapter: null,
      shown: null,
      unmarked: null,
      tagged: null,
      kinded: 'objective',
      meaning: 'definition',
      default: 'default',
      forced: 'rule',
    });
  });

  it('among definitions keep terms apart from bold words elsewhere', () => {
    const terms = spec.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) =>
        block.type === 'paragraph' && block.term !== undefined ? [block.term] : [],
      ),
    );
    assert.deepEqual(terms, ['Model', 'Token', 'Word']);
  });
});

describe('the name of a document', () => {
  it('is taken from the caller, then the header, then the path', () => {
    const text =
      '<!--\n  tenet: id=starter version=2026-11-01 title="A starter"\n-->\n\n# A {#a authority=root}\n';
    const path = 'specs/2025-12-18/model_spec.md';
    const both = read(text, { file: path });
    assert.deepEqual([both.id, both.version, both.title], ['starter', '2026-11-01', 'A starter']);
    assert.deepEqual(both.diagnostics, []);
    const told = read(text, { file: path, id: 'mine', version: '2' });
    assert.deepEqual([told.id, told.version], ['mine', '2']);
    const plain = read('# Only title {#a authority=root}\n', { file: path });
    assert.deepEqual(
      [plain.id, plain.version, plain.title],
      ['model-spec', '2025-12-18', 'Only title'],
    );
    const chapters = read('# A {#a authority=root}\n# B {#b}\n', { file: 'our_spec.md' });
    assert.deepEqual(
      [chapters.id, chapters.version, chapters.title],
      ['our-spec', null, 'Our spec'],
    );
  });

  it('is found in every form of path', () => {
    assert.deepEqual(identityFromPath('model_spec-2025-12-18.md'), {
      id: 'model-spec',
      version: '2025-12-18',
    });
    assert.deepEqual(identityFromPath('C:\\specs\\2025-12-18\\Model Spec.markdown'), {
      id: 'model-spec',
      version: '2025-12-18',
    });
    assert.deepEqual(identityFromPath('2025-12-18.md'), { id: 'spec', version: '2025-12-18' });
    assert.deepEqual(identityFromPath('12025-12-180/x'), { id: 'x', version: null });
    assert.deepEqual(identityFromPath(''), { id: 'spec', version: null });
  });
});
