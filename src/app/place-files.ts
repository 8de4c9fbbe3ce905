/** @module app/place-files Puts several files into a folder, all of them or none. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Writes files beside a folder first, then moves them into it in their order. A folder that is there already keeps
 * what else it holds. Throws what the file system throws; then nothing of the files is left beside the folder.
 * @param files contents by path below the folder
 */
export function placeFiles(folder: string, files: ReadonlyMap<string, Uint8Array | string>): void {
  const parent = dirname(folder);
  let staging: string | null = null;
  try {
    mkdirSync(parent, { recursive: true });
    staging = mkdtempSync(join(parent, `.${basename(folder)}-`));
    for (const [name, bytes] of files) {
      mkdirSync(dirname(join(staging, name)), { recursive: true });
      writeFileSync(join(staging, name), bytes, { flush: true });
    }
    if (!existsSync(folder)) {
      renameSync(staging, folder);
      staging = null;
      return;
    }
    for (const name of files.keys()) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      renameSync(join(staging, name), join(folder, name));
    }
  } finally {
    if (staging !== null) rmSync(staging, { recursive: true, force: true });
  }
}
