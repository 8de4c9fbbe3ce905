/** @module lsp/lenses Above each clause: what shows it and what tests it, or what is missing. */
import type { CodeLens, Range } from 'vscode-languageserver/node';
import { examplesOf, repliesOf, type Section, walkInlines } from '../spec/index.ts';
import type { Library } from './library.ts';
import { rangeOfSpan } from './places.ts';
import type { Reading } from './reading.ts';
import { counted } from './words.ts';

/** The command of a lens: shows a place in a document. */
export const SHOW = 'tenet.show';

/** The lenses of all clauses: examples, counter-examples, eval prompts. */
export function lenses(library: Library, reading: Reading, canShow: boolean): CodeLens[] {
  const { uri } = reading.document;
  return reading.spec.sections
    .filter(({ isClause }) => isClause)
    .flatMap((section) => {
      const heading = rangeOfSpan(section.heading);
      const lens = (title: string, place: { uri: string; range: Range } | null): CodeLens => ({
        range: heading,
        command: {
          title,
          command: canShow && place !== null ? SHOW : '',
          arguments: place === null ? [] : [place.uri, place.range],
        },
      });
      const examples = examplesOf(section);
      const bad = examples.flatMap(repliesOf).filter(({ mark }) => mark === 'bad');
      const here = (span: Section['span'] | undefined) =>
        span === undefined ? null : { uri, range: rangeOfSpan(span) };
      return [
        lens(counted(examples.length, 'example'), here(examples[0]?.span)),
        lens(counted(bad.length, 'counter-example'), here(bad[0]?.span)),
        evalLens(library, reading, section, lens),
      ];
    });
}

const TOP: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function evalLens(
  library: Library,
  reading: Reading,
  section: Section,
  lens: (title: string, place: { uri: string; range: Range } | null) => CodeLens,
): CodeLens {
  const tags = walkInlines(section.blocks).filter((inline) => inline.type === 'eval-tag');
  const files = tags.flatMap(({ tag }) => reading.evalFile(tag) ?? []);
  const prompts = files.reduce((sum, { prompts }) => sum + prompts.length, 0);
  const missing = tags.length - files.length;
  const title = counted(prompts, 'eval prompt');
  const file = files[0]?.file;
  return lens(
    missing === 0
      ? title
      : `${title} (${missing} ${missing === 1 ? 'tag has' : 'tags have'} no file)`,
    file === undefined ? null : { uri: library.uriOf(file), range: TOP },
  );
}
