/**
 * @module spec/read
 * From bytes to a specification: the one way in.
 */

import { encodeText, encodingOf } from './bytes.ts';
import { DiagnosticList, shortened } from './diagnostics.ts';
import { DIALECTS, type DialectName, isDialect, type ReadDialect } from './dialects/dialect.ts';
import { inTheirFiles, readInstructions } from './dialects/instructions.ts';
import { readMarked } from './dialects/marked.ts';
import { readModelSpec } from './dialects/model-spec.ts';
import { readPolicy } from './dialects/policy.ts';
import { readProse } from './dialects/prose.ts';
import { readRules } from './dialects/rules.ts';
import { readTenet } from './dialects/tenet.ts';
import { decodeSource } from './encoding.ts';
import {
  collectTags,
  filesWithoutTag,
  type PlacedTag,
  readEvalFile,
  tagsWithoutFile,
} from './eval-files.ts';
import { readJsonLines, readJsonSpec, readYamlSpec } from './formats/read-records.ts';
import { readSpecEval } from './formats/speceval.ts';
import { readTraits } from './formats/traits.ts';
import { type Header, readHeader } from './header.ts';
import { identityFromPath, titleFromId } from './identity.ts';
import { present } from './present.ts';
import { recognise } from './recognise.ts';
import { findDangling } from './references.ts';
import { hashOnDemand } from './sha256.ts';
import type { SourceText } from './source-text.ts';
import type { EvalFile, Section, Span, Spec, SpecSource } from './types.ts';

const READERS: Readonly<Record<DialectName, ReadDialect>> = {
  'model-spec': readModelSpec,
  tenet: readTenet,
  prose: readProse,
  marked: readMarked,
  rules: readRules,
  traits: readTraits,
  policy: readPolicy,
  instructions: readInstructions,
  json: readJsonSpec,
  jsonl: readJsonLines,
  yaml: readYamlSpec,
  speceval: readSpecEval,
};

/** What is known of a text that is to be read. */
export interface ReadOptions {
  /** Where it lies: shown in messages, and what its id, version and dialect are guessed from. Need not exist. */
  path?: string;
  /** How it is written; recognised where absent. */
  dialect?: DialectName;
}

/**
 * Reads a specification. It never throws, whatever the text or bytes: what cannot be understood is in
 * `diagnostics`, each with its place, and a document without clauses has an error `no-clauses`.
 * @throws TypeError for what is neither text nor bytes nor has bytes
 */
export function readSpec(text: string | Uint8Array, options?: ReadOptions): Spec;
/** Reads a specification with the files of eval prompts that lie beside it. */
export function readSpec(source: SpecSource): Spec;
export function readSpec(
  given: string | Uint8Array | SpecSource,
  { path = 'spec', dialect }: ReadOptions = {},
): Spec {
  if (typeof given === 'string') {
    return readSource({ file: path, bytes: new TextEncoder().encode(given), dialect });
  }
  if (isBytes(given)) return readSource({ file: path, bytes: given, dialect });
  if (typeof given !== 'object' || given === null || !isBytes(given.bytes)) {
    throw new TypeError('readSpec takes a text, its bytes, or { file, bytes }.');
  }
  return readSource(given);
}

/** Also of another realm, such as a frame's. */
function isBytes(value: unknown): value is Uint8Array {
  return Object.prototype.toString.call(value) === '[object Uint8Array]';
}

function readSource(input: SpecSource): Spec {
  const diagnostics = new DiagnosticList();
  const source = decodeSource(input.file, input.bytes, diagnostics);
  const header = readHeader(source, diagnostics);
  const dialect = dialectOf(input, source, diagnostics);
  const reading = READERS[dialect]({ source, header, diagnostics });
  const { levels, sections, evalFiles: own = [], ...about } = reading;
  if (!sections.some((section) => section.isClause)) {
    diagnostics.add(source, 'no-clauses', 0, 0, {});
  }
  for (const { target, span } of findDangling(sections)) {
    const data = { target: shortened(target) };
    diagnostics.addAt(source.file, 'dangling-reference', span, data);
  }
  const evalFiles = readEvalFiles(source, input, sections, own, diagnostics);
  const identity = identityFromPath(input.file);
  const id = input.id ?? header.id ?? about.id ?? identity.id;
  const encoding = encodingOf(input.bytes, source.text);
  const found = diagnostics.sorted(input.file);
  // Of the text, and not of the bytes given: whoever gave them may have written over them by then.
  const hash = hashOnDemand(() => encodeText(source.text, encoding));
  return {
    ...aboutIn(header),
    ...about,
    id,
    version: input.version ?? header.version ?? about.version ?? identity.version,
    title: header.title ?? about.title ?? onlyTopTitle(sections) ?? titleFromId(id),
    dialect,
    file: input.file,
    get sha256() {
      return hash();
    },
    text: source.text,
    levels,
    sections,
    evalFiles,
    diagnostics: dialect === 'instructions' ? inTheirFiles(found, source) : found,
    ...(encoding === undefined ? {} : { encoding }),
  };
}

function dialectOf(
  input: SpecSource,
  source: SourceText,
  diagnostics: DiagnosticList,
): DialectName {
  const wanted = input.dialect;
  if (wanted !== undefined && isDialect(wanted)) return wanted;
  if (wanted !== undefined) {
    const data = { dialect: shortened(wanted), dialects: DIALECTS };
    diagnostics.add(source, 'unknown-dialect', 0, 0, data);
  }
  return recognise(source).dialect;
}

/** What the opening comment says of the document as a whole. */
function aboutIn({ lab, licence, source, scope, priority }: Header): Partial<Spec> {
  return present({ lab, licence, sourceUrl: source, scope, priority });
}

/** The title of the one section of depth 1; several of them are chapters, and none is the title. */
function onlyTopTitle(sections: readonly Section[]): string | null {
  const top = sections.filter((section) => section.depth === 1);
  return top.length === 1 ? (top[0]?.title ?? null) : null;
}

function readEvalFiles(
  source: SourceText,
  input: SpecSource,
  sections: readonly Section[],
  own: readonly EvalFile[],
  diagnostics: DiagnosticList,
): EvalFile[] {
  const tags = collectTags(sections);
  const firstPlace = new Map<string, PlacedTag>();
  for (const placed of tags) {
    const { tag, span } = placed.tag;
    const earlier = firstPlace.get(tag);
    if (earlier === undefined) firstPlace.set(tag, placed);
    else {
      const data = { tag, line: earlier.tag.span.start.line, section: earlier.section.id };
      diagnostics.addAt(source.file, 'eval-tag-used-twice', span, data);
    }
  }

  const byTag = new Map(own.map((file) => [file.tag, file]));
  const evalFiles = [...own];
  for (const { file, bytes } of input.evalFiles ?? []) {
    const evalFile = readEvalFile(file, bytes, firstPlace, diagnostics);
    const earlier = byTag.get(evalFile.tag);
    evalFiles.push(evalFile);
    byTag.set(evalFile.tag, earlier ?? evalFile);
    if (earlier !== undefined) {
      const data = { tag: evalFile.tag, earlier: earlier.file };
      diagnostics.addAt(file, 'duplicate-eval-file', TOP_OF_FILE, data);
    }
  }
  for (const tag of filesWithoutTag(tags, evalFiles)) {
    diagnostics.addAt(byTag.get(tag)?.file ?? '', 'file-without-tag', TOP_OF_FILE, { tag });
  }
  const missing = tagsWithoutFile(tags, evalFiles);
  for (const [index, tag] of missing.entries()) {
    const span = firstPlace.get(tag)?.tag.span ?? TOP_OF_FILE;
    if (evalFiles.length > 0) diagnostics.addAt(source.file, 'tag-without-file', span, { tag });
    else if (index === 0) {
      diagnostics.addAt(source.file, 'no-eval-files', span, { tags: missing.length });
    }
  }
  return evalFiles;
}

const TOP = { line: 1, column: 1, offset: 0 };
const TOP_OF_FILE: Span = { start: TOP, end: TOP };
