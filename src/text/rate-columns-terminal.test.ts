import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Bars } from './blocks.ts';
import { toHtml } from './blocks-html.ts';
import { toMarkdown } from './blocks-markdown.ts';
import { toTerminal } from './blocks-terminal.ts';
import type { RateFigure } from './figures.ts';
import { widthOf } from './layout.ts';

const rate = (estimate: number, trials: number): RateFigure => {
  return { estimate, low: estimate / 2, high: 1, trials };
};
const none: RateFigure = { estimate: null, low: null, high: null, trials: 0, reason: 'no data' };

const figures: Bars = {
  type: 'bars',
  form: 'figures',
  title: 'Measured',
  subjects: [
    { key: '', id: 'first' },
    { key: '', id: 'second' },
  ],
  rows: [
    { label: 'overall', rates: [rate(0.9, 1_234), rate(0.5, 7)], strong: true },
    { heading: 'a\u001b part' },
    { label: 'x'.repeat(90), indent: 2, rates: [none, null] },
  ],
  beside: [],
};

describe('rates of several measures', () => {
  it('should stand in columns that are the same in every table, with why one is missing', () => {
    assert.deepEqual(toTerminal([figures]).split('\n'), [
      'Measured                                     first     n            second     n',
      'overall                            90 %  [45, 100] 1,234   50 %  [25, 100]     7',
      'a␛ part',
      `  ${'x'.repeat(14)}…${'x'.repeat(15)}      –          –     0`,
      '  – no data',
      '',
    ]);
  });

  it('should give up the numbers of cases, then room, where a terminal is narrow', () => {
    for (const width of [40, 59, 60, 120]) {
      const lines = toTerminal([figures], { width }).split('\n');
      for (const line of lines) assert.ok(widthOf(line) <= width, line);
      assert.equal(/first +n/.test(lines[0] ?? ''), width >= 60);
    }
  });

  it('should stand side by side in Markdown, and as data on a page', () => {
    const markdown = toMarkdown([figures]);
    assert.match(markdown, /^\| Measured \| first \| n \| second \| n \|\n/);
    assert.match(
      markdown,
      /^\| overall \| 90 % \[45, 100\] \| 1,234 \| 50 % \[25, 100\] \| 7 \|$/m,
    );
    assert.match(markdown, /\| – \| 0 \| {2}\| {2}\|\n\n– no data\n$/);
    assert.match(toHtml([figures]), /<data data-rate value="0.9" data-low="0.45"/);
  });
});
