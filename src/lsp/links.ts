/** @module lsp/links Addresses outside the document, to be opened with a click. */
import type { DocumentLink } from 'vscode-languageserver/node';
import { examplesOf, repliesOf, walkInlines } from '../spec/index.ts';
import { rangeOf, stretchOf } from './places.ts';
import type { Reading } from './reading.ts';

/** Other schemes may start a program; a click in a text that came from elsewhere must not. */
const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:)[^\s<>"\p{Cc}]+$/iu;

/** The external addresses in a spec. */
export function documentLinks(reading: Reading): DocumentLink[] {
  const { spec, document } = reading;
  const links: DocumentLink[] = [];
  for (const section of spec.sections) {
    const notes = examplesOf(section)
      .flatMap(repliesOf)
      .flatMap((reply) => reply.inlines);
    for (const inline of [...walkInlines(section.blocks), ...notes]) {
      if (inline.type !== 'reference' || inline.form !== 'external') continue;
      if (!SAFE_ADDRESS.test(inline.target)) continue;
      const whole = stretchOf(inline.span);
      const at = spec.text.slice(whole.start, whole.end).lastIndexOf(inline.target);
      if (at === -1) continue;
      const start = whole.start + at;
      const range = rangeOf(document, { start, end: start + inline.target.length });
      links.push({ range, target: inline.target });
    }
  }
  return links;
}
