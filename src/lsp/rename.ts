/** @module lsp/rename Gives a clause another id, everywhere at once. */
import type { Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import type { Section } from '../spec/index.ts';
import { evalReferencesTo } from './eval-references.ts';
import type { Library } from './library.ts';
import { namesId, writtenId } from './mentions.ts';
import { problem } from './messages.ts';
import { rangeOf, rangeOfSpan } from './places.ts';
import type { Reading } from './reading.ts';

/** The ways of writing in which headings have ids. */
const WITH_IDS: ReadonlySet<string> = new Set(['model-spec', 'tenet']);

const USABLE_ID = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,199}$/u;

/** What would be renamed at an offset, with the id it has. Throws a `TenetError` that says why nothing can be. */
export function prepareRename(
  reading: Reading,
  offset: number,
): { range: Range; placeholder: string } {
  const { document } = reading;
  const mention = reading.mentionAt(offset);
  if (mention?.type === 'tag') {
    throw problem('tag-is-file-name', { tag: mention.name });
  }
  if (mention !== null && namesId(mention)) {
    const range = rangeOf(document, mention.place);
    if (mention.type === 'id') return { range, placeholder: document.getText(range) };
    if (reading.section(mention.name) === undefined) {
      throw problem('no-such-section', { id: mention.name });
    }
    return { range, placeholder: mention.name };
  }
  const section = reading.headingAt(offset);
  if (section === null) throw problem('no-id-here', {});
  const written = writtenId(reading.spec, section);
  // One id in a document without any would have all of it read in another way.
  if (written === null && !WITH_IDS.has(reading.spec.dialect)) {
    throw problem('document-without-ids', {});
  }
  const range = written === null ? rangeOfSpan(section.heading) : rangeOf(document, written.place);
  return { range, placeholder: written?.id ?? section.id };
}

/** The edits that give the section named at an offset a new id. Throws a `TenetError` where it cannot have it. */
export function rename(
  library: Library,
  reading: Reading,
  offset: number,
  asked: string,
  hasDocumentChanges: boolean,
): WorkspaceEdit {
  prepareRename(reading, offset);
  const mention = reading.mentionAt(offset);
  const isId = mention !== null && namesId(mention);
  const section = isId ? reading.section(mention.name) : reading.headingAt(offset);
  if (section === undefined || section === null) throw problem('no-id-here', {});
  const id = asked.trim().replace(/^#/, '');
  refuseUnusable(reading, section, id);

  const { document } = reading;
  const edits: TextEdit[] = reading
    .mentionsOfId(section.id)
    .map(({ place }) => ({ range: rangeOf(document, place), newText: id }));
  if (writtenId(reading.spec, section) === null) edits.unshift(addedId(reading, section, id));
  const byDocument = new Map([[document.uri, { version: document.version, edits }]]);
  for (const found of evalReferencesTo(library, reading, section.id)) {
    const { uri, version } = found.document;
    const there = byDocument.get(uri) ?? { version, edits: [] };
    there.edits.push({ range: rangeOf(found.document, found.place), newText: id });
    byDocument.set(uri, there);
  }
  if (!hasDocumentChanges) {
    const changes = [...byDocument].map(([uri, there]) => [uri, there.edits]);
    return { changes: Object.fromEntries(changes) };
  }
  const documentChanges = [...byDocument].map(([uri, there]) => {
    const version = library.document(uri) === undefined ? null : there.version;
    return { textDocument: { uri, version }, edits: there.edits };
  });
  return { documentChanges };
}

function refuseUnusable(reading: Reading, section: Section, id: string): void {
  if (!USABLE_ID.test(id)) throw problem('unusable-id', { id });
  const taken = reading.spec.sections.find(
    (other) => other !== section && (other.id === id || writtenId(reading.spec, other)?.id === id),
  );
  if (taken === undefined) return;
  throw problem('id-taken', { id, title: taken.title, line: taken.heading.start.line });
}

/** A heading whose id was made from its title gets one that stays. */
function addedId(reading: Reading, section: Section, id: string): TextEdit {
  const range = rangeOfSpan(section.heading);
  const raw = reading.document.getText(range);
  const braces = raw.endsWith('}') ? raw.lastIndexOf('{') : -1;
  const hasAttributes = section.attributes.length > 0 && braces !== -1;
  const offset = section.heading.start.offset + (hasAttributes ? braces + 1 : raw.length);
  const at = reading.document.positionAt(offset);
  return { range: { start: at, end: at }, newText: hasAttributes ? `#${id} ` : ` {#${id}}` };
}
