/** @module lsp/lenses Above each clause: what shows it and what tests it, or what is missing. */
import type { CodeLens, Range } from 'vscode-languageserver/node';
import { examplesOf, repliesOf, type Section } from '../spec/index.ts';
import { tagsIn } from '../spec/walk.ts';
import type { Library } from './library.ts';
import { rangeOfSpan, TOP } from './places.ts';
import type { Reading } from './reading.ts';
import { counted } from './words.ts';

/** The command of a lens: shows a place in a document. */
export const SHOW = 'tenet.show';

/** The lenses of all clauses: examples, counter-examples, eval prompts. */
export function lenses(library: Library, reading: Reading, canShow: boolean): CodeLens[] {
  const { uri } = reading.document;
  const clauses = reading.spec.sections.filter(({ isClause }) => isClause);
  return clauses.flatMap((section) => {
    const heading = rangeOfSpan(section.heading);
    const lens: MakeLens = (title, to, range) => {
      const isPlaced = to !== undefined && range !== undefined;
      const command = canShow && isPlaced ? SHOW : '';
      return {
        range: heading,
        command: { title, command, arguments: isPlaced ? [to, range] : [] },
      };
    };
    const here = (title: string, found: { span: Section['span'] } | undefined): CodeLens =>
      lens(title, uri, found && rangeOfSpan(found.span));
    const examples = examplesOf(section);
    const bad = examples.flatMap(repliesOf).filter(({ mark }) => mark === 'bad');
    return [
      here(counted(examples.length, 'example'), examples[0]),
      here(counted(bad.length, 'counter-example'), bad[0]),
      evalLens(library, reading, section, lens),
    ];
  });
}

/** Makes a lens of a section that leads to a place, where there is one. */
type MakeLens = (title: string, uri: string | undefined, range: Range | undefined) => CodeLens;

function evalLens(library: Library, reading: Reading, section: Section, lens: MakeLens): CodeLens {
  const tags = tagsIn(section.blocks);
  const files = tags.flatMap(({ tag }) => reading.evalFile(tag) ?? []);
  const prompts = files.reduce((sum, { prompts }) => sum + prompts.length, 0);
  const missing = tags.length - files.length;
  const title = counted(prompts, 'eval prompt');
  const lack = ` (${missing} ${missing === 1 ? 'tag has' : 'tags have'} no file)`;
  const file = files[0]?.file;
  return lens(missing === 0 ? title : title + lack, file && library.uriOf(file), TOP);
}
