import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { readSpec } from '../../../spec/index.ts';
import { toHtml } from '../../../text/blocks-html.ts';
import { toMarkdown } from '../../../text/blocks-markdown.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { widthOf } from '../../../text/layout.ts';
import { alignSpecs } from './align.ts';
import { alignmentBlocks } from './blocks.ts';
import { alignmentCsv } from './csv.ts';

const HOSTILE = [
  '=HYPERLINK("https://evil.example","x")',
  '\u001b[31mred',
  '<script>alert(1)</script>',
  'a | b, "c"',
  '\u202ereversed',
  '诚实回答所有的问题而且总是这样做不管别人怎么说'.repeat(3),
];
const specOf = (id: string) =>
  readSpec({
    file: `${id}.md`,
    bytes: new TextEncoder().encode(
      HOSTILE.map(
        (title, place) =>
          `## ${title} {#${id}_with_a_long_name_that_goes_on_and_on_${place} authority=user}\n\nHonest privacy ${title} word${place} ${id === 'one' ? `other${place}` : ''}.\n`,
      ).join('\n'),
    ),
  });
const alignment = alignSpecs(specOf('one'), specOf('two'));

test('text: 80 columns or 40, whatever the titles hold, and no control character', () => {
  for (const width of [40, 80]) {
    const text = toTerminal(alignmentBlocks(alignment), { width });
    for (const line of text.split('\n')) assert.ok(widthOf(line) <= width, line);
    assert.doesNotMatch(text, /\p{Cc}(?<!\n)|\u202e/u);
  }
});

test('csv: every row reads back with all its cells, and no cell is a formula', () => {
  const rows: string[][] = parse(alignmentCsv(alignment));
  assert.equal(
    rows.length,
    1 + alignment.pairs.length + alignment.onlyFirst.length + alignment.onlySecond.length,
  );
  for (const row of rows) {
    assert.equal(row.length, 11);
    for (const cell of row) assert.doesNotMatch(cell, /^\s*[=+\-@]/);
  }
  assert.ok(rows.some((row) => row.some((cell) => cell.startsWith("'=HYPERLINK"))));
  const [pair] = alignment.pairs;
  assert.ok(pair !== undefined);
  const first = { ...pair.first, title: '\t=1' };
  const table = alignmentCsv({ ...alignment, pairs: [{ ...pair, first }] });
  assert.ok(table.includes(`,' =1,`), table);
});

test('markdown: no markup of the titles survives, and every row of a table has all its cells', () => {
  const page = toMarkdown(alignmentBlocks(alignment, 'all'));
  assert.doesNotMatch(page, /<script>|\p{Cc}(?<!\n)|\u202e/u);
  const tables = page.split('\n\n').filter((part) => part.startsWith('| '));
  assert.ok(tables.length > 0);
  for (const table of tables) {
    const rows = table.trimEnd().split('\n');
    const cells = rows.map((row) => row.replaceAll('\\|', '').split('|').length);
    assert.equal(new Set(cells).size, 1, table);
  }
});

test('html: nothing in a title is markup, and levels and shared words stand there', () => {
  const page = toHtml(alignmentBlocks(alignment, 'all'));
  assert.doesNotMatch(page, /<script>|\u202e/u);
  assert.match(page, /<title>one beside two<\/title>/);
  const [pair] = alignment.pairs;
  assert.ok(
    page.includes(`(${pair?.first.level})`) && page.includes(pair?.words.join(', ') ?? '?'),
  );
});
