// The body of a section: paragraphs, sentences, references, tags, lists, commentary, rankings, code.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Block, type EvalTag, type Paragraph, type Reference, readSpec } from './index.ts';

function blocks(body: string): Block[] {
  const bytes = new TextEncoder().encode(`# A {#a authority=root}\n\n${body}`);
  return readSpec({ file: 'spec.md', bytes }).sections[0]?.blocks ?? [];
}

function paragraph(body: string): Paragraph {
  const [block] = blocks(body);
  assert.ok(block?.type === 'paragraph');
  return block;
}

/** A block as a few words, to compare structure at a glance. */
function outline(block: Block): unknown {
  if (block.type === 'paragraph') return block.ranking ?? block.text;
  if (block.type === 'list')
    return block.items.map((item) => [item.marker, ...item.blocks.map(outline)]);
  if (block.type === 'commentary') return { commentary: block.blocks.map(outline) };
  if (block.type === 'code') return { code: block.text, language: block.language };
  return { example: block.title };
}

const outlined = (body: string): unknown => blocks(body).map(outline);

describe('sentences', () => {
  const sentences = (text: string): string[] =>
    paragraph(text).sentences.map((sentence) => sentence.text);

  const samples: [string, string[]][] = [
    ['One. Two! Three? Four', ['One.', 'Two!', 'Three?', 'Four']],
    ['Ask, e.g. Bob, i.e. Him, cf. Them, vs. Us.', ['Ask, e.g. Bob, i.e. Him, cf. Them, vs. Us.']],
    ['Fish, etc. Then more.', ['Fish, etc.', 'Then more.']],
    ['It is 3.5 or v1.2. So be it.', ['It is 3.5 or v1.2.', 'So be it.']],
    ['In the U.S. Congress. By J. Smith.', ['In the U.S. Congress.', 'By J. Smith.']],
    ['Not as good as I. But so.', ['Not as good as I.', 'But so.']],
    ['She said "Stop." He did.', ['She said "Stop."', 'He did.']],
    ['Say "Why?" and go.', ['Say "Why?" and go.']],
    ['(All of it. Really.) Then.', ['(All of it.', 'Really.)', 'Then.']],
    ['*Never.* **Always.** Maybe.', ['*Never.*', '**Always.**', 'Maybe.']],
    ['Run `a. B` now. Go.', ['Run `a. B` now.', 'Go.']],
    ['See [A. B](#c). Go.', ['See [A. B](#c).', 'Go.']],
    ['Said.[^ab12] Next. [^cd34] Last', ['Said.[^ab12]', 'Next. [^cd34]', 'Last']],
    ['Wait... what. And so [...] Go on.', ['Wait... what.', 'And so [...] Go on.']],
    ['诚实。不要说谎！为什么？因为。', ['诚实。', '不要说谎！', '为什么？', '因为。']],
    ['他说：“好。”然后走了。', ['他说：“好。”', '然后走了。']],
    ['Это так. И вот.', ['Это так.', 'И вот.']],
    ['زر الموقع. ثم ارجع.', ['زر الموقع.', 'ثم ارجع.']],
    ['Soft\nwrapped. Yes', ['Soft\nwrapped.', 'Yes']],
  ];
  for (const [text, expected] of samples) {
    it(JSON.stringify(text), () => assert.deepEqual(sentences(text), expected));
  }
});

describe('references', () => {
  const references = (text: string): Reference[] =>
    paragraph(text).inlines.filter((inline) => inline.type === 'reference');
  const forms = (text: string): string[] =>
    references(text).map(({ form, target, text: shown }) => `${form} ${target} ${shown}`);

  it('are of three forms', () => {
    assert.deepEqual(forms('[?](#a) [b `c` d](#b) [e](https://f.g/h_(i)?j=k#l)'), [
      'auto a ?',
      'internal b b `c` d',
      'external https://f.g/h_(i)?j=k#l e',
    ]);
  });

  it('may have a title and stand in brackets', () => {
    assert.deepEqual(forms('[see [x](#y "Z z")] (and [u]( #v ))'), ['internal y x']);
  });

  it('may have addresses with spaces, escapes and line ends around titles', () => {
    assert.deepEqual(forms('[a](<b c>) [d](e\\)f) [g](h\n"i" ) [j](k (l)) [m](n "o\\"p")'), [
      'external b c a',
      'external e\\)f d',
      'external h g',
      'external k j',
      'external n m',
    ]);
  });

  it('hold no other ones', () => {
    assert.deepEqual(forms('[a [b](c) d](e) [f](g) ![h [i](j) k](l) [![m](n)](o)'), [
      'external c b',
      'external g f',
      'external o ![m](n)',
    ]);
  });

  it('are none in code, escaped, unfinished or in an image', () => {
    assert.deepEqual(forms('`[a](#b)` \\[c](#d) [e](#f [g] (#h) ![i](j.png)'), []);
  });

  it('have the place of their brackets', () => {
    const [reference] = references('a [b](#c)');
    assert.deepEqual(reference?.span, {
      start: { line: 3, column: 3, offset: 27 },
      end: { line: 3, column: 10, offset: 34 },
    });
  });
});

describe('eval tags', () => {
  const phrases = (text: string): string[] =>
    paragraph(text)
      .inlines.filter((inline): inline is EvalTag => inline.type === 'eval-tag')
      .map(({ tag, phrase }) => `${tag}: ${phrase.text}`);

  it('are bound to the words since the tag before, or the start of the sentence', () => {
    assert.deepEqual(
      phrases('First. Never lie[^aa11], cheat[^bb22], or steal[^cc33]. Be kind[^dd44].'),
      ['aa11: Never lie', 'bb22: cheat', 'cc33: or steal', 'dd44: Be kind'],
    );
  });

  it('in a row are bound to the same words, and after a full stop to the sentence before', () => {
    assert.deepEqual(phrases('Be kind[^aa11][^bb22]. Be true. [^cc33] Yes'), [
      'aa11: Be kind',
      'bb22: Be kind',
      'cc33: Be true.',
    ]);
  });

  it('without words before them are bound to nothing', () => {
    assert.deepEqual(phrases('[^aa11] Be kind.'), ['aa11: ']);
  });

  it('are none in code and none as definitions', () => {
    assert.deepEqual(phrases('[^aa11]: see `[^bb22]` \\[^cc33]'), []);
  });
});

describe('rankings', () => {
  it('are indented lines, also right after text', () => {
    assert.deepEqual(outlined('Like this:\n    a b > c > d\n\n    e >> f\n'), [
      'Like this:',
      ['a b', 'c', 'd'],
      ['e', 'f'],
    ]);
  });

  it('may stand at the margin if they rank three things', () => {
    assert.deepEqual(outlined('Root > User > Tool\n\nIf a > b, stop.\n\na -> b -> c\n'), [
      ['Root', 'User', 'Tool'],
      'If a > b, stop.',
      'a -> b -> c',
    ]);
  });
});

describe('lists', () => {
  it('hold paragraphs and lists', () => {
    assert.deepEqual(outlined('- a\n\n    more\n\n    - b\n        1. c\n- d\nlazy\n\nafter\n'), [
      [
        ['-', 'a', 'more', [['-', 'b', [['1.', 'c']]]]],
        ['-', 'd\nlazy'],
      ],
      'after',
    ]);
  });

  it('end where another marker or text begins', () => {
    assert.deepEqual(outlined('* a\n- b\n\n1) c\n2) d\n1. e\n\ntext\n'), [
      [['*', 'a']],
      [['-', 'b']],
      [
        ['1)', 'c'],
        ['2)', 'd'],
      ],
      [['1.', 'e']],
      'text',
    ]);
  });

  it('may follow text, hold fences and be empty', () => {
    assert.deepEqual(outlined('Text:\n- a\n\n  ```js\n- no item\n  ```\n-\n- b\n'), [
      'Text:',
      [['-', 'a', { code: '- no item', language: 'js' }], ['-'], ['-', 'b']],
    ]);
  });

  it('go on below them only as running text', () => {
    assert.deepEqual(outlined('- a\n\n  ~~~\n  b\n  ~~~\nc\n\n-\nd\n\n-\n\n  e\n\n- f\n---\ng\n'), [
      [['-', 'a', { code: 'b', language: '' }]],
      'c',
      [['-']],
      'd',
      [['-']],
      'e',
      [['-', 'f']],
      '---',
      'g',
    ]);
  });

  it('may have tabs after their markers', () => {
    assert.deepEqual(outlined('-\ta\n\n  b\n\n1.\tc\n\n\td\n'), [
      [['-', 'a']],
      'b',
      [['1.', 'c', 'd']],
    ]);
  });

  it('are not made of thematic breaks', () => {
    assert.deepEqual(outlined('a\n* * *\nb\n\n- - -\n\n***\nc\n\n* *\n'), [
      'a',
      '* * *',
      'b',
      '- - -',
      '***',
      'c',
      [['*', '*']],
    ]);
  });

  it('are not made of bold words, dashes or dates', () => {
    assert.deepEqual(outlined('**a** b\n\n-c\n\nborn in\n1984. Later\n\n3.5 or so\n'), [
      '**a** b',
      '-c',
      'born in\n1984. Later',
      '3.5 or so',
    ]);
  });
});

describe('commentary', () => {
  it('is what is indented below its mark', () => {
    assert.deepEqual(
      outlined('!!! meta "Commentary"\n\n    One\n    more.\n\n    - a\n\nText.\n'),
      [{ commentary: ['One\nmore.', [['-', 'a']]] }, 'Text.'],
    );
  });

  it('is found within a list', () => {
    assert.deepEqual(outlined('- a\n\n    !!! meta "Commentary"\n        Why.\n- b\n'), [
      [
        ['-', 'a', { commentary: ['Why.'] }],
        ['-', 'b'],
      ],
    ]);
  });
});

describe('code', () => {
  it('is fenced by any number of marks, and keeps what looks like structure', () => {
    assert.deepEqual(
      outlined('~~~~markdown\n~~~xml\n<user>\n~~~\n- a\n~~~~\n\n   ```\n   x\n     y\n   ```\n'),
      [
        { code: '~~~xml\n<user>\n~~~\n- a', language: 'markdown' },
        { code: 'x\n  y', language: '' },
      ],
    );
  });

  it('that is never closed ends at the next heading with an id', () => {
    const bytes = new TextEncoder().encode(
      '# A {#a authority=root}\n\n~~~text\nx\n# y\n\n# B {#b}\n\nText.\n',
    );
    const spec = readSpec({ file: 'spec.md', bytes });
    assert.deepEqual(
      spec.sections.map(({ id, blocks: found }) => [id, ...found.map(outline)]),
      [
        ['a', { code: 'x\n# y', language: 'text' }],
        ['b', 'Text.'],
      ],
    );
  });

  it('without a language, and never closed, swallows nothing', () => {
    assert.deepEqual(
      outlined('~~~\nText.\n\n**Example**: e\n\n~~~xml\n<user>\nHi\n</user>\n~~~\n'),
      [{ code: '', language: '' }, 'Text.', { example: 'e' }],
    );
  });
});
