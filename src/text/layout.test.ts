import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { cut, cutMiddle, hanging, pad, widthOf, wrap } from './layout.ts';
import { safeLine } from './safe-text.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 120 }).map(safeLine);
const width = fc.integer({ min: 2, max: 60 });

describe('columns', () => {
  it('counts wide characters twice and marks not at all', () => {
    assert.equal(widthOf('abc'), 3);
    assert.equal(widthOf('漢字かな한글'), 12);
    assert.equal(widthOf('ｗｉｄｅ'), 8);
    assert.equal(widthOf('👍⌚⚠️'), 6);
    assert.equal(widthOf('e\u0301'), 1);
    assert.equal(widthOf('├●┤…–'), 5);
    assert.equal(widthOf('\u{1e944}\u{1d300}\u{1f1e9}\u{1f1ea}'), 4);
  });

  it('cuts, pads and wraps to the width, whatever the text', () => {
    fc.assert(
      fc.property(text, width, (value, columns) => {
        assert.ok(widthOf(cut(value, columns)) <= columns);
        assert.ok(widthOf(cutMiddle(value, columns)) <= columns);
        assert.equal(widthOf(pad(value, columns)), columns);
        assert.equal(widthOf(pad(value, columns, 'right')), columns);
        for (const line of wrap(value, columns)) assert.ok(widthOf(line) <= columns, line);
      }),
    );
  });

  it('loses nothing but spaces in wrapping', () => {
    fc.assert(
      fc.property(text, width, (value, columns) => {
        assert.equal(wrap(value, columns).join('').replaceAll(' ', ''), value.replaceAll(' ', ''));
      }),
    );
  });

  it('keeps a number and its unit together', () => {
    assert.deepEqual(wrap('about 86 % of it', 9), ['about', '86 % of', 'it']);
  });

  it('shows the end of a name that is cut', () => {
    assert.equal(cutMiddle('openai:gpt-5-mini', 11), 'opena…-mini');
  });

  it('sets text beside its label', () => {
    assert.deepEqual(hanging('Label ', 'some words here', 12), [
      'Label some',
      '      words',
      '      here',
    ]);
    assert.deepEqual(hanging('Label ', '', 12), ['Label']);
  });

  it('wraps a line of millions of characters at once', () => {
    assert.equal(wrap('x'.repeat(2_000_000), 80).length, 25_000);
    assert.equal(wrap('漢'.repeat(1_000_000), 80).length, 25_000);
  });
});

test('a sign of the first plane is as wide as the library for terminals has it', () => {
  const marks = /[\p{Mn}\p{Me}\p{Cc}\p{Cs}]/u;
  for (let code = 0; code < 0x10000; code++) {
    const sign = String.fromCharCode(code);
    if (marks.test(sign)) continue;
    assert.equal(widthOf(sign), stringWidth(sign), `U+${code.toString(16)}`);
  }
});
