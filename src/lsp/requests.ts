/** @module lsp/requests Answers what an editor asks about a document. None of it waits for a check. */
import {
  type Connection,
  LSPErrorCodes,
  type Position,
  ResponseError,
} from 'vscode-languageserver/node';
import { TenetError } from '../app/errors.ts';
import { codeActions } from './actions.ts';
import type { Checking } from './checking.ts';
import { type Client, hoverFor, linksFor } from './client.ts';
import { completions, resolved } from './completion.ts';
import {
  definition,
  definitionFromEvalFile,
  headerOf,
  references,
  tagReferences,
} from './definition.ts';
import { hover } from './hover.ts';
import { lenses, SHOW } from './lenses.ts';
import type { Library } from './library.ts';
import { documentLinks } from './links.ts';
import { documentSymbols, flatSymbols, foldingRanges, workspaceSymbols } from './outline.ts';
import type { Reading } from './reading.ts';
import { prepareRename, rename } from './rename.ts';

/** Answers every kind of question over a connection. */
export function answer(
  connection: Connection,
  library: Library,
  checking: Checking,
  client: () => Client,
): void {
  const at = (uri: string, position: Position): { reading: Reading; offset: number } | null => {
    const reading = library.reading(uri);
    return reading && { reading, offset: reading.document.offsetAt(position) };
  };

  connection.onHover(({ textDocument, position }) => {
    const place = at(textDocument.uri, position);
    return place && hoverFor(client(), hover(place.reading, place.offset));
  });
  connection.onDefinition(({ textDocument: { uri }, position }) => {
    const place = at(uri, position);
    if (place !== null) return linksFor(client(), definition(library, place.reading, place.offset));
    const evalFile = evalFileAt(library, uri, position);
    if (evalFile === null) return null;
    const { owner, document, tag, offset } = evalFile;
    return linksFor(client(), definitionFromEvalFile(owner, document, tag, offset));
  });
  connection.onReferences(({ textDocument: { uri }, position, context }) => {
    const place = at(uri, position);
    if (place !== null) {
      return references(library, place.reading, place.offset, context.includeDeclaration);
    }
    const evalFile = evalFileAt(library, uri, position);
    if (evalFile === null) return null;
    const header = headerOf(evalFile.document);
    const isInHeader = header !== null && evalFile.offset <= header.end;
    return isInHeader ? tagReferences(library, evalFile.owner, evalFile.tag, undefined) : null;
  });
  connection.onPrepareRename(({ textDocument, position }) => {
    const place = at(textDocument.uri, position);
    return place && refusing(() => prepareRename(place.reading, place.offset));
  });
  connection.onRenameRequest(({ textDocument, position, newName }) => {
    const place = at(textDocument.uri, position);
    if (place === null) return null;
    const { reading, offset } = place;
    return refusing(() => rename(library, reading, offset, newName, client().documentChanges));
  });
  connection.onCompletion(({ textDocument, position }) => {
    const place = at(textDocument.uri, position);
    return place && completions(place.reading, place.offset);
  });
  connection.onCompletionResolve((item) => {
    const uri: unknown = item.data?.uri;
    return resolved(typeof uri === 'string' ? library.reading(uri) : null, item);
  });
  connection.onCodeAction(({ textDocument: { uri }, range, context }) => {
    const reading = library.reading(uri);
    if (reading === null) return null;
    return codeActions(reading, checking.findings(uri), {
      range,
      shown: context.diagnostics,
      only: context.only,
      hasDocumentChanges: client().documentChanges,
    });
  });
  connection.onCodeLens(({ textDocument }) => {
    const reading = checking.settings.lenses ? library.reading(textDocument.uri) : null;
    return reading && lenses(library, reading, client().showDocument);
  });
  connection.onExecuteCommand(async ({ command, arguments: given }) => {
    if (command !== SHOW) return null;
    const [uri, selection] = given ?? [];
    if (typeof uri !== 'string') return null;
    await connection.window.showDocument({ uri, takeFocus: true, selection });
    return null;
  });
  connection.onDocumentSymbol(({ textDocument }) => {
    const reading = library.reading(textDocument.uri);
    return reading && (client().tree ? documentSymbols(reading) : flatSymbols(reading));
  });
  connection.onWorkspaceSymbol(({ query }) => workspaceSymbols(library.everything(), query));
  connection.onFoldingRanges(({ textDocument }) => {
    const reading = library.reading(textDocument.uri);
    return reading && foldingRanges(reading);
  });
  connection.onDocumentLinks(({ textDocument }) => {
    const reading = library.reading(textDocument.uri);
    return reading && documentLinks(reading);
  });
}

/** What is asked for. An error of Tenet's becomes one of the protocol's, with its code and data. */
function refusing<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (!TenetError.is(error)) throw error;
    const { message, code, data } = error;
    throw new ResponseError(LSPErrorCodes.RequestFailed, message, { code, data });
  }
}

function evalFileAt(library: Library, uri: string, position: Position) {
  const document = library.document(uri);
  const tag = library.evalTag(uri);
  const owner = tag === null ? null : library.ownerOf(uri);
  if (document === undefined || tag === null || owner === null) return null;
  return { document, tag, owner, offset: document.offsetAt(position) };
}
