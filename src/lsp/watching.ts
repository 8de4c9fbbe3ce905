/**
 * @module lsp/watching
 * Notices that files beside a spec change, where the editor does not say so.
 */
import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Watches folders of eval prompts, and the folders they would be made in. */
export class FolderWatch {
  readonly #onChange: () => void;
  readonly #watchers = new Map<string, FSWatcher>();

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Watches these folders and no others; a folder that is not there is watched for above it. */
  watch(folders: Iterable<string>): void {
    const wanted = new Set([...folders].flatMap((folder) => [folder, dirname(folder)]));
    for (const [folder, watcher] of this.#watchers) {
      if (wanted.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of wanted) if (!this.#watchers.has(folder)) this.#start(folder);
  }

  #start(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, () => this.#onChange());
      watcher.on('error', () => {
        // The folder went; the one above it tells when it comes back.
        watcher.close();
        this.#watchers.delete(folder);
      });
      this.#watchers.set(folder, watcher);
    } catch {
      // It is not there, or the system watches no more: a look at every check has to do.
    }
  }
}
