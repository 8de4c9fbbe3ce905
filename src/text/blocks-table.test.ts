import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Table } from './blocks.ts';
import { toTerminal } from './blocks-terminal.ts';

const table: Table = {
  type: 'table',
  columns: [
    { head: 'Kind' },
    { head: 'replies', align: 'right' },
    { head: 'lost', align: 'right' },
  ],
  rows: [
    { heading: 'a part' },
    { heading: 'another', tone: 'plain' },
    { cells: ['good', '12', ''] },
  ],
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
