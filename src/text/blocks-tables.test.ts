import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Table } from './blocks.ts';
import { toHtml } from './blocks-html.ts';
import { toMarkdown } from './blocks-markdown.ts';
import { toTerminal } from './blocks-terminal.ts';

const DIM = '\u001b[2m';
const PLAIN = '\u001b[22m';

describe('tables in each medium', () => {
  it('give a column half of the room at most, and its cells their tone', () => {
    const table: Table = {
      type: 'table',
      heads: 'none',
      columns: [
        { head: 'n', width: 4 },
        { head: 'id', most: 'half', cut: 'middle', least: Number.POSITIVE_INFINITY },
        { head: 'title', cut: 'end', tone: 'dim' },
      ],
      rows: [{ cells: ['1', 'i'.repeat(50), 't'.repeat(50)] }, { cells: ['2', 'id', 'title'] }],
    };
    const [first, second] = toTerminal([table], { width: 40 }).split('\n');
    // 40 columns without 4 and two gaps of 2 leave 32.
    assert.equal(first, `1     ${'i'.repeat(8)}…${'i'.repeat(7)}  ${'t'.repeat(15)}…`);
    assert.equal(second, '2     id                title');
    const [, colored] = toTerminal([table], { width: 40, color: true }).split('\n');
    assert.equal(colored, `2     id                ${DIM}title${PLAIN}`);
  });

  it('set a note below its row, across all columns', () => {
    const table: Table = {
      type: 'table',
      indent: 1,
      columns: [{ head: 'id' }, { head: 'title' }],
      rows: [
        { cells: ['a', 'b'] },
        { note: '<more> '.repeat(8), indent: 2, tone: 'dim', fit: 'cut' },
        { note: 'on it', indent: 2 },
        { note: '' },
      ],
    };
    const shown = toTerminal([table], { width: 40, color: true }).trimEnd().split('\n');
    assert.equal(shown.length, 4);
    assert.ok(shown[2]?.startsWith(`${DIM}   <more>`) && shown[2].includes('…'));
    assert.equal(shown[3], '   on it');
    assert.match(toMarkdown([table]), /^\| on it \| +\|$/m);
    assert.ok(toHtml([table]).includes('<tr class="dim"><td colspan="2">&lt;more&gt;'));
    const stacked = toTerminal([{ ...table, stackedBelow: 60 }], { width: 40 }).split('\n');
    assert.deepEqual(stacked.slice(0, 1), [' a: title b']);
    assert.equal(stacked[2], '   on it');
  });

  it('show hostile heads of columns, and do not obey them', () => {
    const columns = [{ head: '\u001b[31mred\u202e' }];
    const shown = toTerminal([{ type: 'table', columns, rows: [{ cells: ['a'] }] }]);
    assert.equal(shown.split('\n')[0], '␛[31mred\\u202e');
  });
});
