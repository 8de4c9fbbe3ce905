/** @module lsp/definition From a name to what it names, and from there to every place that names it. */
import type { Location, LocationLink, Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Section } from '../spec/index.ts';
import { evalReferencesTo } from './eval-references.ts';
import type { Library } from './library.ts';
import { namesId } from './mentions.ts';
import { rangeOf, rangeOfSpan, TOP } from './places.ts';
import type { Reading } from './reading.ts';

/** Where the name at an offset of a spec leads: a heading, or the file of an eval tag. */
export function definition(library: Library, reading: Reading, offset: number): LocationLink[] {
  const mention = reading.mentionAt(offset);
  if (mention === null) return [];
  const originSelectionRange = rangeOf(reading.document, mention.whole);
  if (mention.type === 'tag') {
    const file = reading.evalFile(mention.name)?.file;
    return file === undefined ? [] : [linkTo(library.uriOf(file), TOP, originSelectionRange)];
  }
  const section = namesId(mention) ? reading.section(mention.name) : undefined;
  return section === undefined ? [] : [toSection(reading, section, originSelectionRange)];
}

/** From a file of eval prompts: its tag leads to the tag in the spec, the rest of its first line to the clause. */
export function definitionFromEvalFile(
  owner: Reading,
  document: TextDocument,
  tag: string,
  offset: number,
): LocationLink[] {
  const header = headerOf(document);
  if (header === null || offset > header.end) return [];
  const [mention] = owner.mentionsOfTag(tag);
  if (mention === undefined) return [];
  const isTitle = offset > header.tagEnd;
  const place = {
    start: isTitle ? header.tagEnd : header.tagStart,
    end: isTitle ? header.end : header.tagEnd,
  };
  const originSelectionRange = rangeOf(document, place);
  if (isTitle) return [toSection(owner, mention.section, originSelectionRange)];
  const range = rangeOf(owner.document, mention.whole);
  return [linkTo(owner.document.uri, range, originSelectionRange)];
}

/** Every place that names what is named at an offset. On a heading, that is its section. */
export function references(
  library: Library,
  reading: Reading,
  offset: number,
  withDeclaration: boolean,
): Location[] {
  const mention = reading.mentionAt(offset);
  if (mention?.type === 'tag') {
    const file = reading.evalFile(mention.name)?.file;
    return tagReferences(library, reading, mention.name, withDeclaration ? file : undefined);
  }
  const isId = mention !== null && namesId(mention);
  const id = isId ? mention.name : reading.headingAt(offset)?.id;
  if (id === undefined) return [];
  const { document } = reading;
  const here = reading
    .mentionsOfId(id)
    .filter(({ type }) => withDeclaration || type !== 'id')
    .map(({ whole }) => ({ uri: document.uri, range: rangeOf(document, whole) }));
  const beside = evalReferencesTo(library, reading, id).map((found) => ({
    uri: found.document.uri,
    range: rangeOf(found.document, found.place),
  }));
  return [...here, ...beside];
}

/** Every place of an eval tag, and its file where that is wanted. */
export function tagReferences(
  library: Library,
  reading: Reading,
  tag: string,
  file: string | undefined,
): Location[] {
  const { document } = reading;
  const here = reading
    .mentionsOfTag(tag)
    .map(({ whole }) => ({ uri: document.uri, range: rangeOf(document, whole) }));
  return file === undefined ? here : [...here, { uri: library.uriOf(file), range: TOP }];
}

function toSection(reading: Reading, section: Section, originSelectionRange: Range): LocationLink {
  return linkTo(reading.document.uri, rangeOfSpan(section.heading), originSelectionRange);
}

function linkTo(targetUri: string, range: Range, originSelectionRange: Range): LocationLink {
  return { originSelectionRange, targetUri, targetRange: range, targetSelectionRange: range };
}

/** The first line of a file of eval prompts: where its tag stands and where the line ends. */
export function headerOf(
  document: TextDocument,
): { tagStart: number; tagEnd: number; end: number } | null {
  const match = /^\s*Examples for (\[\^[^\]\s]{1,64}\])[^\r\n]*/.exec(
    document.getText().slice(0, 2000),
  );
  const tag = match?.[1];
  if (match === null || tag === undefined) return null;
  const tagStart = match[0].indexOf(tag);
  return { tagStart, tagEnd: tagStart + tag.length, end: match[0].length };
}
