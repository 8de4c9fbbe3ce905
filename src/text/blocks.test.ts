import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from './blocks.ts';
import { toTerminal } from './blocks-terminal.ts';
import { widthOf } from './layout.ts';

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
