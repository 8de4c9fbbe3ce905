import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import type { Table } from './blocks.ts';
import { toTerminal } from './blocks-terminal.ts';
import { widthOf } from './layout.ts';

const table: Table = {
  type: 'table',
  columns: [
    { head: 'Kind' },
    { head: 'replies', align: 'right' },
    { head: 'lost', align: 'right' },
  ],
  rows: [{ heading: 'a part' }, { heading: 'another', tone: [] }, { cells: ['good', '12', ''] }],
};

describe('a table in a terminal', () => {
  it('should show headings between its rows dim, or in the tone that is wanted', () => {
    const lines = toTerminal([table], { color: true }).split('\n');
    assert.deepEqual(lines.slice(1, 3), ['\u001b[2ma part\u001b[22m', 'another']);
  });

  it('should stand in lines where it has no room, cells before or after their heads', () => {
    const narrow = { ...table, stackedBelow: 100 };
    assert.match(toTerminal([narrow]), /^good: replies 12$/m);
    assert.match(toTerminal([{ ...narrow, cellFirst: true }]), /^good: 12 replies$/m);
    assert.match(toTerminal([table]), /^good +12$/m);
  });
});

test('a table without room for its columns is told row by row, whatever the length of a name', () => {
  const table: Table = {
    type: 'table',
    stackedBelow: 50,
    columns: [{ head: 'Who', cut: 'end' }, { head: 'Labels', align: 'right' }, { head: 'open' }],
    rows: [{ cells: ['Ann', '12', '3'] }, { cells: ['x'.repeat(300), '1', '漢字'.repeat(30)] }],
  };
  const shown = toTerminal([table], { width: 40 });
  assert.match(shown, /^Ann: labels 12, open 3$/m);
  assert.match(shown, /^x{19}…: labels 1, open$/m);
  for (const line of shown.split('\n')) assert.ok(widthOf(line) <= 40, line);
  assert.match(toTerminal([table], { width: 50 }), /^Who +Labels +open$/m);
});
