/**
 * @module lsp/library
 * The documents that are open, the files beside them, and the newest reading of each.
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { DialectName, SpecSource } from '../spec/index.ts';
import { EvalFolder } from './eval-folder.ts';
import { markdownBelow, markdownIn } from './markdown-files.ts';
import { evalFolderOf, pathOf, tagOfPath, uriOf } from './paths.ts';
import { bytesOf, Reading } from './reading.ts';
import { isDataLanguage, looksLikeEvalFile, looksLikeSpec, type Recognise } from './recognise.ts';

/** Larger files are no specs. */
const LARGEST_SPEC = 64 * 1024 * 1024;
interface Kept {
  reading: Reading;
  stamp: string;
}

/** Finds the reading for any document, open or on disk. */
export class Library {
  /** Which documents count as specs. */
  recognise: Recognise = 'auto';
  /** How specs are written; recognised for each one where undefined. */
  dialect: DialectName | undefined;
  /** The folders that the editor works in. */
  roots: string[] = [];
  readonly #open = new Map<string, TextDocument>();
  readonly #uriByPath = new Map<string, string>();
  /** A spec stays one while it is open, whatever somebody has half typed. */
  readonly #recognised = new Set<string>();
  /** The version in which a document was last seen to be no spec: it is not looked at twice. */
  readonly #declined = new Map<string, number>();
  readonly #folders = new Map<string, { folder: EvalFolder; generation: number }>();
  readonly #readings = new Map<string, Kept>();

  /** Takes in a document that was opened. */
  open(document: TextDocument): void {
    this.#open.set(document.uri, document);
    const path = pathOf(document.uri);
    if (path !== null) this.#uriByPath.set(path, document.uri);
  }

  /** Forgets a document that was closed. */
  close(uri: string): void {
    this.#open.delete(uri);
    this.#recognised.delete(uri);
    this.#declined.delete(uri);
    this.#readings.delete(uri);
    const path = pathOf(uri);
    if (path !== null) this.#uriByPath.delete(path);
    for (const folder of this.#folders.keys()) {
      if (!this.specs().some((spec) => folderOf(spec) === folder)) this.#folders.delete(folder);
    }
  }

  /** The document, if it is open. */
  document(uri: string): TextDocument | undefined {
    return this.#open.get(uri);
  }

  /** The open documents that are specs. */
  specs(): string[] {
    return [...this.#open.keys()].filter((uri) => this.isSpec(uri));
  }

  /** Whether an open document is a spec. */
  isSpec(uri: string): boolean {
    const document = this.#open.get(uri);
    if (document === undefined || this.recognise === 'never') return false;
    const { languageId, version } = document;
    const isMarkdown = languageId === 'markdown';
    if (!isMarkdown && !isDataLanguage(languageId)) return false;
    if (isMarkdown && this.evalTag(uri) !== null) return false;
    // Even who calls all Markdown a spec has a package.json.
    if ((isMarkdown && this.recognise === 'always') || this.#recognised.has(uri)) return true;
    if (this.#declined.get(uri) === version) return false;
    if (!looksLikeSpec(document.getText(), this.fileName(uri), languageId)) {
      this.#declined.set(uri, version);
      return false;
    }
    this.#recognised.add(uri);
    return true;
  }

  /** The tag of an open document that is a file of eval prompts; null for any other. */
  evalTag(uri: string): string | null {
    const document = this.#open.get(uri);
    const path = document === undefined ? null : pathOf(uri);
    const tag = path === null ? null : tagOfPath(path);
    if (document === undefined || tag === null || this.recognise === 'never') return null;
    return looksLikeEvalFile(document.getText()) ? tag : null;
  }

  /** The newest reading of an open spec in Markdown; null for any other document, data among them. */
  reading(uri: string): Reading | null {
    const document = this.#open.get(uri);
    // Data is checked, but what is offered to complete, rename or insert is Markdown.
    if (document?.languageId !== 'markdown' || !this.isSpec(uri)) return null;
    const beside = this.#beside(uri);
    const stamp = `${document.version} ${beside?.generation ?? 0} ${this.dialect}`;
    const kept = this.#readings.get(uri);
    if (kept?.stamp === stamp && kept.reading.document === document) return kept.reading;
    const evalFiles = beside?.folder.evalFiles ?? [];
    const reading = new Reading(document, this.fileName(uri), evalFiles, this.dialect);
    this.#readings.set(uri, { reading, stamp });
    return reading;
  }

  /** What messages call a document: its path, or its address where it has none. */
  fileName(uri: string): string {
    return pathOf(uri) ?? uri;
  }

  /** The address under which the editor knows a file. */
  uriOf(path: string): string {
    return this.#uriByPath.get(path) ?? uriOf(path);
  }

  /** An open spec with the files beside it, as `readSpec` takes them. */
  source(uri: string, document: TextDocument): SpecSource {
    const evalFiles = this.#beside(uri)?.folder.sources ?? [];
    const source = { file: this.fileName(uri), bytes: bytesOf(document.getText()), evalFiles };
    // The setting is about Markdown; data says itself what it is.
    const isSettled = this.dialect !== undefined && document.languageId === 'markdown';
    return isSettled ? { ...source, dialect: this.dialect } : source;
  }

  /** A file of eval prompts as a document, open or not; null if there is none. */
  evalDocument(specUri: string, file: string): TextDocument | null {
    const open = this.#open.get(this.uriOf(file));
    if (open !== undefined) return open;
    const text = this.#beside(specUri)?.folder.textOf(file) ?? null;
    return text === null ? null : TextDocument.create(uriOf(file), 'markdown', 0, text);
  }

  /** Looks at the disk and at the open files beside a spec again; true if anything there has changed. */
  refresh(uri: string): boolean {
    const beside = this.#beside(uri);
    if (beside?.folder.refresh() !== true) return false;
    beside.generation++;
    return true;
  }

  /** The spec that a file of eval prompts belongs to: an open one, or one on disk; null if none is found. */
  ownerOf(evalUri: string): Reading | null {
    const path = pathOf(evalUri);
    const tag = path === null ? null : tagOfPath(path);
    if (path === null || tag === null) return null;
    const open = this.specs().filter((uri) => folderOf(uri) === dirname(path));
    const candidates = open.length > 0 ? open.map((uri) => this.reading(uri)) : this.#onDisk(path);
    const readings = candidates.filter((reading) => reading !== null);
    return readings.find((reading) => reading.mentionsOfTag(tag).length > 0) ?? readings[0] ?? null;
  }

  /** Every spec at hand: the open ones, then those in the folders that the editor works in. */
  everything(): Reading[] {
    const open = this.specs().flatMap((uri) => this.reading(uri) ?? []);
    if (this.recognise === 'never') return open;
    const onDisk = this.roots
      .flatMap(markdownBelow)
      .filter((path) => !this.#uriByPath.has(path))
      .flatMap((path) => this.#readingOnDisk(path) ?? []);
    return [...open, ...onDisk];
  }

  #beside(uri: string): { folder: EvalFolder; generation: number } | null {
    const path = folderOf(uri);
    if (path === null) return null;
    let beside = this.#folders.get(path);
    if (beside === undefined) {
      const openText = (file: string): { text: string; version: number } | undefined => {
        const document = this.#open.get(this.#uriByPath.get(file) ?? '');
        return document && { text: document.getText(), version: document.version };
      };
      beside = { folder: new EvalFolder(path, openText), generation: 1 };
      this.#folders.set(path, beside);
    }
    return beside;
  }

  #onDisk(evalPath: string): Reading[] {
    const folder = dirname(dirname(evalPath));
    return markdownIn(folder).flatMap((path) => this.#readingOnDisk(path) ?? []);
  }

  /** The reading of a spec that is not open; null for a file that is none. */
  #readingOnDisk(path: string): Reading | null {
    try {
      const { mtimeMs, size } = statSync(path);
      if (size > LARGEST_SPEC) return null;
      const uri = uriOf(path);
      const stamp = `${mtimeMs} ${size} ${this.dialect}`;
      const kept = this.#readings.get(uri);
      if (kept?.stamp === stamp) return kept.reading;
      const text = readFileSync(path, 'utf8');
      if (!looksLikeSpec(text, path)) return null;
      const document = TextDocument.create(uri, 'markdown', 0, text);
      const reading = new Reading(document, path, [], this.dialect);
      this.#readings.set(uri, { reading, stamp });
      return reading;
    } catch {
      // It went, or may not be read: then it answers nothing.
      return null;
    }
  }
}

function folderOf(specUri: string): string | null {
  const path = pathOf(specUri);
  return path === null ? null : evalFolderOf(path);
}
