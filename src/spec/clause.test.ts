// What other rooms ask of a spec: a clause in pieces, names of places, ids that were meant.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  clauseText,
  findSection,
  locator,
  readSpec,
  specStats,
  suggestIds,
  titlesResolved,
} from './index.ts';

const spec = readSpec({
  file: '2026-01-02/spec.md',
  bytes: new TextEncoder().encode(`# Honesty {#honesty}

!!! meta "Commentary"
    See [?](#be_kind) first.

## Tell the truth {#be_honest authority=root}

Say what is true[^ab12]; see [?](#be_kind), [this](#honesty) and [?](#be_honest).

1. one
    - two [^cd34]
    - three

    and more
2. four

!!! meta "Commentary"
    Because of [?](#be_kind)[^ef56].

    - And so on.

    right > wrong

~~~text
code
~~~

**Example**: e

~~~xml
<user>
Hi
</user>
~~~

## Be kind {#be_kind authority=user}

!!! meta "Commentary"
    Not this.

- Be **kind**. See [?](#nowhere).
`),
});

describe('a clause in pieces', () => {
  const section = findSection(spec, 'be_honest');
  assert.ok(section);
  const pieces = clauseText(spec, section);

  it('has its text with titles, without tags, commentary and examples', () => {
    assert.equal(
      pieces.text,
      `Say what is true; see Be kind, [this](#honesty) and Tell the truth.

1. one
   - two
   - three

   and more

2. four

~~~text
code
~~~`,
    );
  });

  it('has its commentary apart', () => {
    assert.deepEqual(pieces.commentary, ['Because of Be kind.\n\n- And so on.\n\nright > wrong']);
  });

  it('has what it refers to, with the first sentence that directs', () => {
    assert.deepEqual(pieces.references, [
      { id: 'be_kind', title: 'Be kind', level: 'user', firstSentence: 'Be **kind**.' },
      { id: 'honesty', title: 'Honesty', level: null, firstSentence: '' },
    ]);
  });

  it('has its examples', () => {
    assert.deepEqual(
      pieces.examples.map(({ section: id, ordinal }) => `${id}#${ordinal}`),
      ['be_honest#1'],
    );
  });
});

describe('places', () => {
  it('have names', () => {
    assert.equal(locator(spec, 'be_kind'), 'spec@2026-01-02 > #be_kind');
    assert.equal(locator(spec, 'be_kind', 1, 0), 'spec@2026-01-02 > #be_kind > ¶2 s1');
    assert.equal(locator({ id: 'x', version: null }, 'a', 0), 'x > #a > ¶1');
  });
});

describe('mistyped ids', () => {
  const samples: [string, string[]][] = [
    ['be_kimd', ['be_kind']],
    ['Be-Kind', ['be_kind']],
    ['honest', ['honesty', 'be_honest']],
    ['kind', ['be_kind']],
    ['quantum_chromodynamics', []],
    ['', []],
  ];
  for (const [word, expected] of samples) {
    it(word || '(empty)', () => assert.deepEqual(suggestIds(spec, word), expected));
  }
});

describe('titles', () => {
  it('stand in for references, and ids for titles that are not there', () => {
    const text = 'a [?](#be_kind), [?](#nope) [^ab12] [b](#be_kind) [^x';
    assert.equal(titlesResolved(text, spec), 'a Be kind, #nope [b](#be_kind) [^x');
  });
});

describe('statistics', () => {
  it('are the counts of a small document', () => {
    const { diagnostics, ...stats } = specStats(spec);
    assert.deepEqual(stats, {
      schema: 'tenet.spec-stats/1',
      headings: { total: 3, h1: 1, h2: 2, h3: 0, h4: 0 },
      levels: { root: 1, system: 0, developer: 0, user: 1, guideline: 0, none: 1 },
      examples: 1,
      comparisons: 0,
      verdicts: { good: 0, bad: 0, ok: 0 },
      commentary: 3,
      evalTags: 3,
      evalFiles: 0,
      evalPrompts: 0,
      references: { auto: 5, internal: 1, external: 0 },
      dangling: ['nowhere'],
      tagsWithoutFile: ['ab12', 'cd34', 'ef56'],
      filesWithoutTag: [],
    });
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['no-eval-files', 'dangling-reference'],
    );
  });

  it('count deeper headings only where there are some', () => {
    const bytes = new TextEncoder().encode(
      '# A {#a}\n##### B {#b}\n###### C {#c authority=root}\n',
    );
    assert.deepEqual(specStats(readSpec({ file: 'x.md', bytes })).headings, {
      total: 3,
      h1: 1,
      h2: 0,
      h3: 0,
      h4: 0,
      h5: 1,
      h6: 1,
    });
  });
});
