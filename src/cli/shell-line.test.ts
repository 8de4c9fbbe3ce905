import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { shellWords } from './shell-line.ts';

describe('shellWords', () => {
  it('should take a line apart as a shell does', () => {
    const lines: [string, string[]][] = [
      ['', ['']],
      ['tenet', ['tenet']],
      ['tenet ', ['tenet', '']],
      ['  tenet   audit\t--spec', ['tenet', 'audit', '--spec']],
      ['a "b c" d', ['a', 'b c', 'd']],
      ["a 'b \"c' d", ['a', 'b "c', 'd']],
      ['a b\\ c', ['a', 'b c']],
      ['a "b c', ['a', 'b c']],
      ['a "b\\"c d"', ['a', 'b"c d']],
      ["a 'b\\' c", ['a', 'b\\', 'c']],
      ["a '' b", ['a', '', 'b']],
      ["a ''", ['a', '']],
      ['a\\', ['a']],
      ['a b"c"d', ['a', 'bcd']],
      ['$(touch x) `y`', ['$(touch', 'x)', '`y`']],
    ];
    for (const [line, words] of lines) assert.deepEqual(shellWords(line), words, line);
  });

  it('should give back words that were quoted, whatever is in them', () => {
    const words = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 });
    const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
    fc.assert(
      fc.property(words, (given) => {
        assert.deepEqual(shellWords(given.map(quoted).join(' ')), given);
      }),
    );
  });
});
