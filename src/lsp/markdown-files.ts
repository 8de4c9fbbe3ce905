/** @module lsp/markdown-files Finds Markdown on disk, within limits that no folder of specs comes near. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A folder with more Markdown than this is no spec's own. */
const MOST_IN_FOLDER = 50;
const MOST_FOLDERS = 300;
const DEEPEST = 4;
/** Folders of other people's text. */
const SKIPPED = new Set(['node_modules', 'examples', 'vendor', 'dist', 'build']);

/** The Markdown files of one folder. */
export function markdownIn(folder: string): string[] {
  return look(folder).files;
}

/** The Markdown files of a folder and of the folders in it, nearest first. */
export function markdownBelow(root: string): string[] {
  const files: string[] = [];
  let folders = [root];
  let seen = 0;
  for (let depth = 0; depth <= DEEPEST && folders.length > 0; depth++) {
    const below: string[] = [];
    for (const folder of folders) {
      if (++seen > MOST_FOLDERS) return files;
      const found = look(folder);
      files.push(...found.files);
      below.push(...found.folders);
    }
    folders = below;
  }
  return files;
}

function look(folder: string): { files: string[]; folders: string[] } {
  const files: string[] = [];
  const folders: string[] = [];
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !SKIPPED.has(entry.name)) folders.push(path);
      } else if (entry.isFile() && entry.name.endsWith('.md')) files.push(path);
    }
  } catch {
    // It went, or may not be read: then nothing is found in it.
  }
  return { files: files.sort().slice(0, MOST_IN_FOLDER), folders: folders.sort() };
}
