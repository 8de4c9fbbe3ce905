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

  it('show what belongs to an item on a line of its own below it', () => {
    const list: Block = {
      type: 'list',
      items: [
        { text: 'fell', blocks: [{ type: 'paragraph', text: 'why', indent: 2 }] },
        { text: 'held' },
      ],
    };
    assert.equal(toTerminal([list]), '- fell\n    why\n- held\n');
    assert.equal(toMarkdown([list]), '- fell  \n  why\n- held\n');
    assert.match(toHtml([list]), /<li>fell\n<p>why<\/p><\/li>\n<li>held<\/li>/);
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
