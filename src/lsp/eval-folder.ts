/**
 * @module lsp/eval-folder
 * The eval-prompt files beside a spec: from disk, or as they stand in the editor where they are open.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type EvalFile, readSpec } from '../spec/index.ts';
import { bytesOf } from './reading.ts';

/** Larger files hold no eval prompts, and are not read to find that out. */
const LARGEST_FILE = 4 * 1024 * 1024;

/** An open document, by its path. */
export type OpenText = (path: string) => { text: string; version: number } | undefined;

interface Entry {
  /** Changes whenever the content may have. */
  stamp: string;
  bytes: Uint8Array;
  evalFile: EvalFile | null;
}

/** The files of one folder. `refresh` looks at the disk; nothing else does. */
export class EvalFolder {
  readonly path: string;
  readonly #openText: OpenText;
  #entries = new Map<string, Entry>();
  #evalFiles: EvalFile[] | null = null;

  constructor(path: string, openText: OpenText) {
    this.path = path;
    this.#openText = openText;
    this.refresh();
  }

  /** Takes in what has changed on disk and in the editor; true if anything has. */
  refresh(): boolean {
    const entries = new Map<string, Entry>();
    let isChanged = false;
    for (const name of namesIn(this.path)) {
      const path = join(this.path, name);
      const earlier = this.#entries.get(path);
      const entry = this.#entry(path, earlier);
      if (entry === null) continue;
      entries.set(path, entry);
      isChanged ||= entry !== earlier;
    }
    isChanged ||= entries.size !== this.#entries.size;
    if (!isChanged) return false;
    this.#entries = entries;
    this.#evalFiles = null;
    return true;
  }

  /** What `readSpec` takes. */
  get sources(): { file: string; bytes: Uint8Array }[] {
    return [...this.#entries].map(([file, { bytes }]) => ({ file, bytes }));
  }

  /** The files, read. */
  get evalFiles(): EvalFile[] {
    this.#evalFiles ??= [...this.#entries].flatMap(([file, entry]) => {
      entry.evalFile ??= readAlone(file, entry.bytes);
      return entry.evalFile === null ? [] : [entry.evalFile];
    });
    return this.#evalFiles;
  }

  /** The text of one of the files, or null. */
  textOf(file: string): string | null {
    const entry = this.#entries.get(file);
    return entry === undefined ? null : new TextDecoder().decode(entry.bytes);
  }

  #entry(path: string, earlier: Entry | undefined): Entry | null {
    const open = this.#openText(path);
    const stamp = open === undefined ? diskStamp(path) : `open ${open.version}`;
    if (stamp === null) return null;
    if (earlier?.stamp === stamp) return earlier;
    const bytes = open === undefined ? readOrNull(path) : bytesOf(open.text);
    return bytes === null ? null : { stamp, bytes, evalFile: null };
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .sort();
  } catch {
    // Most specs have no such folder, and none is needed.
    return [];
  }
}

function diskStamp(path: string): string | null {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return size > LARGEST_FILE ? null : `disk ${mtimeMs} ${size} ${ino}`;
  } catch {
    return null;
  }
}

function readOrNull(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch {
    // A folder called x.md, a file that went or may not be read: the spec is answered for without it.
    return null;
  }
}

function readAlone(file: string, bytes: Uint8Array): EvalFile | null {
  const spec = readSpec({ file: '', bytes: new Uint8Array(), evalFiles: [{ file, bytes }] });
  return spec.evalFiles[0] ?? null;
}
