/**
 * @module lsp/paths
 * Addresses of documents as paths, and back. A document that was never saved has no path.
 */
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The path of a document on this machine; null for one that is not saved or lies elsewhere. */
export function pathOf(uri: string): string | null {
  if (!uri.startsWith('file:')) return null;
  try {
    return fileURLToPath(uri);
  } catch {
    return null;
  }
}

/** The address of a file. */
export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

/** The folder in which a spec's eval prompts lie. */
export function evalFolderOf(specPath: string): string {
  return join(dirname(specPath), 'examples');
}

/** The tag a file of eval prompts is for by its place, `examples/<tag>.md`; null for any other file. */
export function tagOfPath(path: string): string | null {
  const isInPlace = basename(dirname(path)) === 'examples' && extname(path) === '.md';
  return isInPlace ? basename(path, '.md') : null;
}
