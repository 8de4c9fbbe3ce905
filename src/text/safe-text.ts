/**
 * @module text/safe-text
 * Texts from models, specs and files are hostile: they may hold terminal commands, characters that turn the
 * reading direction round or that nobody sees, and markup. All of it is made visible here, none of it dropped.
 */

import { UNSEEN_ON_SCREEN } from './invisible.ts';

/** Marks pile up over neighbouring lines; no script needs more of them on one letter. */
const PILED_MARKS = /(?<=[\p{Mn}\p{Me}]{3})[\p{Mn}\p{Me}]/gu;

/** One line of text that does nothing but be read: everything unseen becomes a visible escape. */
export function safeLine(text: string): string {
  return text
    .replace(/\r\n|[\n\r\t]/g, ' ')
    .replace(UNSEEN_ON_SCREEN, escaped)
    .replace(PILED_MARKS, escaped);
}

/** Text of several lines: line ends stay, as `\n`. */
export function safeText(text: string): string {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) => safeLine(line.replaceAll('\t', '    ')))
    .join('\n');
}

/** ESC as ␛, other controls alike, everything else by number. */
function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  const digits = code.toString(16);
  return code > 0xffff ? `\\u{${digits}}` : `\\u${digits.padStart(4, '0')}`;
}

/**
 * What means something to a reader of Markdown, of the HTML in it or of a table: signs that do so anywhere,
 * underscores at the edge of a word, signs that open a block at the start, and addresses, which become links
 * without any markup.
 */
const MARKUP =
  /[\\`*[\]<>|~&$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|^[-+=#]|(?<=^\d+)[.)]|:(?=\/\/)|(?<=\b(?:mailto|xmpp)):|(?<=\bwww)\./giu;

/** Text for one line of Markdown (a table's cell, a heading, a list): shown as it is, whatever it holds. */
export function markdownText(text: string): string {
  return safeLine(text).trim().replace(MARKUP, '\\$&');
}

/** Text as code in one line of Markdown, fenced by more backticks than it holds. */
export function markdownCode(text: string): string {
  const line = safeLine(text).trim();
  // A table takes a pipe for the end of a cell even in code, and elsewhere its escape would show.
  if (line === '' || line.includes('|')) return markdownText(line);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const gap = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${gap}${line}${gap}${fence}`;
}
