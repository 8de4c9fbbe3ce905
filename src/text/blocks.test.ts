import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Block } from './blocks.ts';
import { toHtml } from './blocks-html.ts';
import { toMarkdown } from './blocks-markdown.ts';
import { toTerminal } from './blocks-terminal.ts';

describe('blocks in each medium', () => {
  it('give a text several tones at once', () => {
    const blocks: Block[] = [
      { type: 'paragraph', text: [{ text: 'PASSED', tone: ['good', 'strong'] }, ' it is'] },
      { type: 'paragraph', text: 'whole', tone: ['strong', 'bad'] },
    ];
    const [first, second] = toTerminal(blocks, { color: true }).split('\n');
    assert.equal(first, '\u001b[32m\u001b[1mPASSED\u001b[22m\u001b[39m it is');
    assert.equal(second, '\u001b[1m\u001b[31mwhole\u001b[39m\u001b[22m');
    assert.match(toHtml(blocks), /<span class="good strong">PASSED<\/span>/);
    assert.match(toMarkdown(blocks), /^\*\*PASSED\*\* it is$/m);
  });

  it('cut a heading where it does not fit, or wrap it', () => {
    const text = 'a heading of many words '.repeat(3).trim();
    const cut = toTerminal([{ type: 'heading', level: 1, text }], { width: 40 });
    assert.equal(cut, 'a heading of many words a heading of ma…\n');
    const wrapped = toTerminal([{ type: 'heading', level: 1, text, fit: 'wrap' }], { width: 40 });
    assert.equal(wrapped.replaceAll('\n', ' ').replaceAll('  ', ' ').trim(), text);
    assert.ok(wrapped.split('\n').every(({ length }) => length <= 40));
  });

  it('keep columns for documents alone', () => {
    const table: Block = {
      type: 'table',
      columns: [{ head: 'clause' }, { head: 'p', details: true }, { head: 'n', align: 'right' }],
      rows: [{ heading: 'first' }, { cells: ['honest', '4 %', '12'] }],
    };
    assert.equal(toTerminal([table]), 'clause   n\nfirst\nhonest  12\n');
    assert.match(toMarkdown([table]), /^\| clause \| p \| n \|$/m);
    assert.match(toMarkdown([table]), /^\| honest \| 4 % \| 12 \|$/m);
    assert.match(toHtml([table]), /<td>4 %<\/td>/);
  });

  it('show the marker of an item everywhere, and what belongs to the item below it', () => {
    const list: Block = {
      type: 'list',
      indent: 2,
      items: [
        { text: 'fell', marker: '✗ ', blocks: [{ type: 'paragraph', text: 'why', indent: 2 }] },
        { text: 'held' },
      ],
    };
    assert.equal(toTerminal([list]), '  ✗ fell\n      why\n  - held\n');
    assert.equal(toMarkdown([list]), '- ✗ fell  \n  why\n- held\n');
    assert.match(toHtml([list]), /<li>✗ fell\n<p>why<\/p><\/li>\n<li>held<\/li>/);
  });

  it('break a command before its flags, so that a shell takes it for one', () => {
    const words = [
      'tenet',
      'audit',
      '--spec',
      'spec.md',
      '--subject',
      "'sim:subject?a=1'",
      '--all',
    ];
    const command: Block = { type: 'command', words, indent: 4 };
    assert.equal(toTerminal([command]), `    ${words.join(' ')}\n`);
    const lines = toTerminal([command], { width: 40 }).trimEnd().split('\n');
    assert.deepEqual(lines, [
      '    tenet audit --spec spec.md \\',
      "      --subject 'sim:subject?a=1' \\",
      '      --all',
    ]);
    assert.equal(
      lines
        .join('\n')
        .replaceAll(/ \\\n +/g, ' ')
        .trim(),
      words.join(' '),
    );
    assert.equal(toMarkdown([command]), `\`${words.join(' ')}\`\n`);
    assert.match(toHtml([command]), /<code>tenet audit .*&#39;sim:subject\?a=1&#39; --all<\/code>/);
  });
});

describe('two versions of a text', () => {
  const text = ['It ', { removed: 'must' }, { added: 'should' }, ' <be> kind', { added: ' ' }];
  const paragraph: Block = { type: 'paragraph', text, marker: '~ ' };

  it('are told apart by signs, and by colour where there is any', () => {
    assert.equal(toTerminal([paragraph]), '~ It [-must-]{+should+} <be> kind{+ +}\n');
    const colored = toTerminal([paragraph], { color: true });
    assert.equal(colored, '~ It \u001b[31mmust\u001b[39m\u001b[32mshould\u001b[39m <be> kind\n');
  });

  it('keep their colour from line to line', () => {
    const long: Block = { type: 'paragraph', text: [{ added: 'word '.repeat(12).trim() }] };
    const lines = toTerminal([long], { color: true, width: 40 }).trimEnd().split('\n');
    assert.equal(lines.length, 2);
    for (const line of lines) {
      assert.ok(line.startsWith('\u001b[32mword') && line.endsWith('word\u001b[39m'), line);
    }
  });

  it('are elements of a document, in which nothing is obeyed', () => {
    assert.equal(
      toMarkdown([paragraph]),
      '\\~ It <del>must</del><ins>should</ins> \\<be\\> kind\n',
    );
    assert.match(
      toHtml([paragraph]),
      /<p>~ It <del>must<\/del><ins>should<\/ins> &lt;be&gt; kind<ins> <\/ins><\/p>/,
    );
  });
});

describe('headings, names and code', () => {
  it('say beside a heading what it means, and set it in', () => {
    const heading: Block = {
      type: 'heading',
      level: 2,
      text: 'Normative (3)',
      tone: ['strong', 'bad'],
      indent: 2,
      aside: 'what is right may be another thing now',
    };
    assert.equal(
      toTerminal([heading], { width: 40 }),
      '  Normative (3)  what is right may be a…\n',
    );
    const colored = toTerminal([heading], { color: true });
    assert.ok(
      colored.startsWith('  \u001b[1m\u001b[31mNormative (3)\u001b[39m\u001b[22m\u001b[2m  what'),
    );
    assert.equal(
      toMarkdown([heading]),
      '## Normative (3)\n\nwhat is right may be another thing now\n',
    );
    assert.match(toHtml([heading]), /<h2>Normative \(3\)<\/h2>\n<p class="dim">what is right/);
  });

  it('set signs before names, and cut names that are too long', () => {
    const values: Block = {
      type: 'keyValues',
      indent: 2,
      mostKey: 8,
      rows: [
        { key: 'short', value: 'came', marker: '+', markerTone: 'good' },
        { key: 'much_too_long', value: 'went' },
      ],
    };
    assert.equal(toTerminal([values]), '  + short     came\n    much_to…  went\n');
    const colored = toTerminal([values], { color: true });
    assert.ok(colored.startsWith('  \u001b[32m+\u001b[39m short     came\n'), colored);
    assert.equal(toMarkdown([values]), '- \\+ short: came\n- much_too_long: went\n');
    assert.match(toHtml([values]), /<dt><span class="good">\+<\/span> short<\/dt><dd>came<\/dd>/);
  });

  it('leave code as it is, line by line', () => {
    const text = `tenet audit --spec spec.md --clauses 'be_honest, be_kind'\n\n  x \`\`\`\n\u001b[2J`;
    const shown = `tenet audit --spec spec.md --clauses 'be_honest, be_kind'\n\n  x \`\`\`\n␛[2J`;
    const code: Block = { type: 'code', text, indent: 2 };
    assert.equal(
      toTerminal([code], { width: 40 }),
      `${shown.replaceAll(/^(?=.)/gm, '  ')}\n`,
      'a line that is to be copied is not broken',
    );
    const wrapped = toTerminal([{ ...code, fit: 'wrap' }], { width: 40 });
    assert.ok(wrapped.split('\n').every(({ length }) => length <= 40));
    assert.equal(toMarkdown([code]), `\`\`\`\`\n${shown}\n\`\`\`\`\n`);
    assert.match(toHtml([{ ...code, text: '<b>\n  x' }]), /<pre>&lt;b&gt;\n {2}x<\/pre>/);
  });
});
