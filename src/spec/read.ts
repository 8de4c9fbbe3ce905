/**
 * @module spec/read
 * From bytes to a specification: the one way in.
 */

import { hash } from 'node:crypto';
import { DiagnosticList, shortened } from './diagnostics.ts';
import { readModelSpec } from './dialects/model-spec.ts';
import { decodeSource } from './encoding.ts';
import {
  collectTags,
  filesWithoutTag,
  type PlacedTag,
  readEvalFile,
  tagsWithoutFile,
} from './eval-files.ts';
import { readHeader } from './header.ts';
import { identityFromPath, titleFromId } from './identity.ts';
import { findDangling } from './references.ts';
import type { SourceText } from './source-text.ts';
import type { EvalFile, Section, Spec, SpecSource } from './types.ts';

/**
 * Reads a specification. It never throws, whatever the bytes: what cannot be understood is in
 * `diagnostics`, each with its place, and a document without clauses has an error `no-clauses`.
 */
export function readSpec(input: SpecSource): Spec {
  const diagnostics = new DiagnosticList();
  const source = decodeSource(input.file, input.bytes, diagnostics);
  const header = readHeader(source, diagnostics);
  const { levels, sections } = readModelSpec(source, header, diagnostics);
  if (!sections.some((section) => section.isClause)) {
    const message =
      'This document has no clauses: no heading with a level ({#id authority=root}), no example with marked replies, no eval tag.';
    diagnostics.add(source, 'no-clauses', 0, 0, message);
  }
  reportDangling(source, sections, diagnostics);
  const evalFiles = readEvalFiles(source, input, sections, diagnostics);
  const identity = identityFromPath(input.file);
  const id = input.id ?? header.id ?? identity.id;
  return {
    id,
    version: input.version ?? header.version ?? identity.version,
    title: header.title ?? onlyTopTitle(sections) ?? titleFromId(id),
    dialect: 'model-spec',
    file: input.file,
    sha256: hash('sha256', input.bytes, 'hex'),
    text: source.text,
    levels,
    sections,
    evalFiles,
    diagnostics: diagnostics.sorted(input.file),
  };
}

/** The title of the one section of depth 1; several of them are chapters, and none is the title. */
function onlyTopTitle(sections: readonly Section[]): string | null {
  const top = sections.filter((section) => section.depth === 1);
  return top.length === 1 ? (top[0]?.title ?? null) : null;
}

function reportDangling(
  source: SourceText,
  sections: readonly Section[],
  diagnostics: DiagnosticList,
): void {
  for (const { target, span } of findDangling(sections)) {
    const message = `There is no section #${shortened(target)}.`;
    diagnostics.addAt(source.file, 'dangling-reference', span, message);
  }
}

function readEvalFiles(
  source: SourceText,
  input: SpecSource,
  sections: readonly Section[],
  diagnostics: DiagnosticList,
): EvalFile[] {
  const tags = collectTags(sections);
  const firstPlace = new Map<string, PlacedTag>();
  for (const placed of tags) {
    const { tag, span } = placed.tag;
    const earlier = firstPlace.get(tag);
    if (earlier === undefined) {
      firstPlace.set(tag, placed);
      continue;
    }
    const message = `[^${tag}] stands in line ${earlier.tag.span.start.line} already, in #${earlier.section.id}.`;
    diagnostics.addAt(source.file, 'eval-tag-used-twice', span, message);
  }

  const byTag = new Map<string, EvalFile>();
  const evalFiles: EvalFile[] = [];
  for (const { file, bytes } of input.evalFiles ?? []) {
    const evalFile = readEvalFile(file, bytes, firstPlace, diagnostics);
    const earlier = byTag.get(evalFile.tag);
    evalFiles.push(evalFile);
    byTag.set(evalFile.tag, earlier ?? evalFile);
    if (earlier !== undefined) {
      const message = `${earlier.file} is for [^${evalFile.tag}] already; the prompts of both are kept.`;
      diagnostics.addAt(file, 'duplicate-eval-file', topOfFile(), message);
    }
  }
  for (const tag of filesWithoutTag(tags, evalFiles)) {
    const message = `No section has [^${tag}], so these prompts belong to no clause.`;
    diagnostics.addAt(byTag.get(tag)?.file ?? '', 'file-without-tag', topOfFile(), message);
  }
  reportMissingFiles(source, tagsWithoutFile(tags, evalFiles), firstPlace, evalFiles, diagnostics);
  return evalFiles;
}

function reportMissingFiles(
  source: SourceText,
  missing: readonly string[],
  firstPlace: ReadonlyMap<string, PlacedTag>,
  evalFiles: readonly EvalFile[],
  diagnostics: DiagnosticList,
): void {
  const first = firstPlace.get(missing[0] ?? '');
  if (evalFiles.length === 0 && first !== undefined) {
    const message = `There are ${missing.length} eval tags and no eval-prompt files; they are looked for in examples/ beside the document.`;
    diagnostics.addAt(source.file, 'no-eval-files', first.tag.span, message);
    return;
  }
  for (const tag of missing) {
    const span = firstPlace.get(tag)?.tag.span ?? source.span(0, 0);
    diagnostics.addAt(
      source.file,
      'tag-without-file',
      span,
      `There is no file of prompts for [^${tag}].`,
    );
  }
}

function topOfFile(): Spec['sections'][number]['heading'] {
  const position = { line: 1, column: 1, offset: 0 };
  return { start: position, end: position };
}
