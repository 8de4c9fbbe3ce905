import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvText } from './csv.ts';

test('quotes what would end a cell or be trimmed, and nothing else', () => {
  const rows = [
    ['plain', 'a b', ''],
    ['a,b', 'a;b', 'say "so"'],
    [' before', 'after ', 'two\nlines'],
  ];
  assert.equal(
    csvText(rows),
    'plain,a b,\r\n"a,b","a;b","say ""so"""\r\n" before","after ","two\nlines"\r\n',
  );
});

test('no cell is a formula, also after white space and in full-width signs', () => {
  assert.equal(
    csvText([['=1+1', '+1', ' @x', '\uff1d1', 'a=b']]),
    "'=1+1,'+1,' @x,'\uff1d1,a=b\r\n",
  );
});

test('whatever the cells hold, they read back the same but for the apostrophe', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 12 });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
      const read: string[][] = parse(csvText(rows), { record_delimiter: '\r\n' });
      assert.equal(read.length, rows.length);
      for (const [place, row] of read.entries()) {
        for (const [column, text] of row.entries()) {
          const written = rows[place]?.[column] ?? '';
          assert.ok(text === written || text === `'${written}`);
          assert.doesNotMatch(text, /^\s*[=+\-@]/);
        }
      }
    }),
  );
});
