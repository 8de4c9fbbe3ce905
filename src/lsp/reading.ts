/**
 * @module lsp/reading
 * One version of a document, read: the spec, and what stands at an offset of it.
 */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type DialectName,
  type EvalFile,
  findSection,
  readSpec,
  type Section,
  type Spec,
} from '../spec/index.ts';
import { lastBefore, sectionAt } from '../spec/search.ts';
import { type Mention, mentionsIn, namesId } from './mentions.ts';

/** What a question about a document is answered from. It holds for one version of the document only. */
export class Reading {
  readonly document: TextDocument;
  readonly spec: Spec;
  #mentions: Mention[] | null = null;
  #evalFiles: ReadonlyMap<string, EvalFile> | null = null;
  #byName: ReadonlyMap<string, Mention[]> | null = null;

  /** @param dialect how it is written; recognised where absent */
  constructor(
    document: TextDocument,
    file: string,
    evalFiles: EvalFile[],
    dialect: DialectName | undefined,
  ) {
    this.document = document;
    const bytes = bytesOf(document.getText());
    // The files beside it change rarely and are read apart, which halves the time after each keystroke.
    this.spec = { ...readSpec({ file, bytes, ...(dialect && { dialect }) }), evalFiles };
  }

  /** Every name in the text, in order. */
  get mentions(): readonly Mention[] {
    this.#mentions ??= mentionsIn(this.spec);
    return this.#mentions;
  }

  /** The name at an offset, its end included, or null. */
  mentionAt(offset: number): Mention | null {
    const last = lastBefore(this.mentions, offset, ({ whole }) => whole.start);
    return last !== null && offset <= last.whole.end ? last : null;
  }

  /** The section whose heading line holds an offset, or null. */
  headingAt(offset: number): Section | null {
    const section = this.sectionAt(offset);
    return section !== null && offset <= section.heading.end.offset ? section : null;
  }

  /** The section an offset stands in, or null before the first heading. */
  sectionAt(offset: number): Section | null {
    return sectionAt(this.spec.sections, offset);
  }

  /** Where a section is named: its heading, references, pointers of marks. */
  mentionsOfId(id: string): readonly Mention[] {
    return this.#named().get(`#${id}`) ?? [];
  }

  /** Where an eval tag stands. */
  mentionsOfTag(tag: string): readonly Mention[] {
    return this.#named().get(`^${tag}`) ?? [];
  }

  /** The section with an id, or undefined. */
  section(id: string): Section | undefined {
    return findSection(this.spec, id);
  }

  /** The file of prompts for an eval tag, or undefined. */
  evalFile(tag: string): EvalFile | undefined {
    this.#evalFiles ??= new Map(this.spec.evalFiles.map((file) => [file.tag, file]));
    return this.#evalFiles.get(tag);
  }

  #named(): ReadonlyMap<string, Mention[]> {
    this.#byName ??= Map.groupBy(
      this.mentions.filter((mention) => mention.type === 'tag' || namesId(mention)),
      ({ type, name }) => `${type === 'tag' ? '^' : '#'}${name}`,
    );
    return this.#byName;
  }
}

const encoder = new TextEncoder();

/**
 * A text as the reader takes it. A byte-order mark that an editor left in becomes a space, so that the
 * reader, which drops the mark, counts as the editor does.
 */
export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text);
}
