import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { markdownCode, markdownText, safeLine, safeText } from './safe-text.ts';

describe('text for a terminal', () => {
  const cases: [string, string, string][] = [
    ['terminal commands', '\u001b[31mred\u001b[0m', '␛[31mred␛[0m'],
    ['controls', 'a\u0000b\u0007c\u007fd\u009be', 'a␀b␇c␡d\\u009be'],
    ['direction overrides', 'abc\u202egnp.exe\u2066x', 'abc\\u202egnp.exe\\u2066x'],
    ['what has no width', 'a\u200bb\u00adc\ufeff', 'a\\u200bb\\u00adc\\ufeff'],
    ['tag characters', 'a\u{e0041}\u{e007f}', 'a\\u{e0041}\\u{e007f}'],
    ['lone surrogates', 'a\ud83db', 'a\\ud83db'],
    ['other line ends', 'a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
    ['variation selectors on letters', 'a\ufe0f\u{e0100}', 'a\\ufe0f\\u{e0100}'],
    ['marks piled up', 'a\u0301\u0301\u0301\u0301', 'a\u0301\u0301\u0301\\u0301'],
  ];
  for (const [name, text, expected] of cases) {
    it(`shows ${name}`, () => assert.equal(safeLine(text), expected));
  }

  it('leaves writing as it is', () => {
    for (const text of ['Grüße, ça va?', '你好，世界', 'שלום', 'नमस्ते', '⚠️ 👍🏽', 'a « b » — c']) {
      assert.equal(safeLine(text), text);
    }
  });

  it('makes one line of several, or keeps them', () => {
    assert.equal(safeLine('a\r\nb\tc'), 'a b c');
    assert.equal(safeText('a\r\n\tb\rc'), 'a\n    b\nc');
  });

  it('drops nothing that can be seen and never lets through what cannot', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(safeLine(text), /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u);
        assert.equal(safeLine(safeLine(text)), safeLine(text));
      }),
    );
  });
});

/** What is left when every escaped sign is taken out: nothing of it may mean anything. */
const withoutEscapes = (markdown: string): string => markdown.replace(/\\[\x21-\x7e]/g, '');

describe('text for Markdown', () => {
  it('has no markup, HTML, link or table left in it', () => {
    const attacks = [
      '[x](javascript:alert(1))',
      '![x](https://example.com/a.png)',
      '<img src=x onerror=alert(1)>',
      '<!-- hidden -->',
      '`code` ```fence```',
      '| a | b |',
      '**bold** _i_ ~~s~~ $x$',
      '&lt;b&gt; &#60;',
      'https://example.com www.example.com mailto:a@example.com',
      'a\n# heading\n\n- item\n> quote',
      '<https://example.com>',
    ];
    for (const attack of attacks) {
      const left = withoutEscapes(markdownText(attack));
      assert.doesNotMatch(left, /[`*[\]<>|~$]|&(?:#|\w+;)|:\/\/|mailto:|www\.|\n/, attack);
    }
  });

  it('cannot open a block', () => {
    for (const text of [
      '# heading',
      '- item',
      '+ item',
      '1. item',
      '12) item',
      '> quote',
      '=== x',
      '--- x',
      '* x',
      '~~~',
    ]) {
      assert.match(markdownText(text), /^(?:\\|\d+\\)/, text);
    }
  });

  it('keeps underscores of ids readable', () => {
    assert.equal(markdownText('follow_the_order'), 'follow_the_order');
    assert.equal(markdownText('_x_'), '\\_x\\_');
  });

  it('stays what it was for people', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        const shown = markdownText(text).replace(
          /\\([\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e])/g,
          '$1',
        );
        assert.equal(shown, safeLine(text).trim());
      }),
    );
  });

  it('fences code with more backticks than it holds, outside and inside tables', () => {
    assert.equal(markdownCode('a'), '`a`');
    assert.equal(markdownCode('a``b'), '```a``b```');
    assert.equal(markdownCode('`a'), '`` `a ``');
    assert.equal(markdownCode(''), '');
    assert.equal(markdownCode('a|b`'), 'a\\|b\\`');
    assert.equal(markdownCode('a\n# b'), '`a # b`');
  });
});
