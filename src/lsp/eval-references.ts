/** @module lsp/eval-references References to clauses in the titles of eval prompts. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Library } from './library.ts';
import { placeOfTarget } from './mentions.ts';
import type { Stretch } from './places.ts';
import type { Reading } from './reading.ts';

/** Where the files beside a spec name the id of one of its sections. */
export function evalReferencesTo(
  library: Library,
  reading: Reading,
  id: string,
): { document: TextDocument; place: Stretch }[] {
  const found: { document: TextDocument; place: Stretch }[] = [];
  for (const { file, prompts } of reading.spec.evalFiles) {
    const inlines = prompts
      .flatMap((prompt) => prompt.inlines)
      .filter((inline) => inline.type === 'reference' && inline.target === id);
    if (inlines.length === 0) continue;
    const document = library.evalDocument(reading.document.uri, file);
    for (const inline of inlines) {
      const place = document && placeOfTarget(document.getText(), inline);
      if (document !== null && place !== null) found.push({ document, place });
    }
  }
  return found;
}
