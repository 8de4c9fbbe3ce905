/** @module lsp/client What the editor at the other end can do, and is told only as much. */
import type { ClientCapabilities, Hover, Location, LocationLink } from 'vscode-languageserver/node';

/** The abilities that change what is sent. */
export interface Client {
  /** Shows Markdown in hovers. */
  markdown: boolean;
  /** Takes definitions with the place they were asked from. */
  links: boolean;
  /** Shows the outline as a tree. */
  tree: boolean;
  /** Checks the version of a document before it edits it. */
  documentChanges: boolean;
  /** Opens a document when asked by the server. */
  showDocument: boolean;
  /** Says when files change on disk. */
  watch: boolean;
  /** Answers what its user has set. */
  configuration: boolean;
  /** Draws lenses again when asked. */
  refreshLenses: boolean;
}

/** Reads the abilities from what the editor says when it connects. */
export function clientOf({ textDocument, workspace, window }: ClientCapabilities): Client {
  return {
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    links: textDocument?.definition?.linkSupport === true,
    tree: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    showDocument: window?.showDocument?.support === true,
    watch: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    configuration: workspace?.configuration === true,
    refreshLenses: workspace?.codeLens?.refreshSupport === true,
  };
}

/** A hover in the form the editor shows. */
export function hoverFor(client: Client, hover: Hover | null): Hover | null {
  if (hover === null || client.markdown) return hover;
  const { contents } = hover;
  const text = typeof contents === 'object' && 'value' in contents ? contents.value : '';
  const plain = text.replaceAll('**', '').replaceAll(/\\([<[])/g, '$1');
  return { ...hover, contents: { kind: 'plaintext', value: plain } };
}

/** Definitions in the form the editor takes. */
export function linksFor(client: Client, links: LocationLink[]): LocationLink[] | Location[] {
  if (client.links) return links;
  return links.map(({ targetUri, targetSelectionRange }) => ({
    uri: targetUri,
    range: targetSelectionRange,
  }));
}
