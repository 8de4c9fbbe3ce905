/**
 * @module app/files
 * Reads what the user names: a spec with the eval-prompt files beside it, a system prompt, a suite. Writes what
 * a command was told to write to a file.
 */
import { isUtf8 } from 'node:buffer';
import {
  type Dirent,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { readSuite } from '../run/suite/files.ts';
import type { Suite } from '../run/suite/suite.ts';
import {
  DIALECTS,
  isDialect,
  isInstructionFile,
  joinInstructions,
  readSpec,
  type Spec,
  type SpecSource,
  suggestIds,
} from '../spec/index.ts';
import { safeLine } from '../text/safe-text.ts';
import { messageOf, TenetError } from './errors.ts';
import { problem } from './messages.ts';
import { shippedFile } from './package.ts';

/** The spec that comes with Tenet. */
export const STARTER_SPEC = shippedFile('specs/starter/spec.md');

/** What a user writes for a file that comes through a pipe. */
export const STANDARD_INPUT = '-';

/** Dialects that are data: what is wrong with such a file is more than that it holds no heading. */
const RECORDS: ReadonlySet<string> = new Set(['json', 'jsonl', 'yaml', 'traits', 'speceval']);

/** Folders that hold what others wrote. */
const FOREIGN: ReadonlySet<string> = new Set(['node_modules', '.git', 'dist', 'vendor', '.tenet']);
const DEEPEST_FOLDER = 12;
const MOST_INSTRUCTION_FILES = 1000;

/** Larger files are no specs, and are not read to find that out. */
const LARGEST_FILE = 64 * 1024 * 1024;

/**
 * The spec in a file and its folder `examples/`, or in a folder of instruction files; or a
 * `TenetError` that says why it is none.
 * @param file its path, or `-` for standard input
 * @param dialect how it is written (`--dialect`); recognised where absent
 */
export function loadSpec(file: string, dialect?: string): Spec {
  return specOf(loadSource(file, dialect));
}

/** The bytes that a spec is read from, its files of eval prompts among them. As `loadSpec`. */
export function loadSource(file: string, dialect?: string): SpecSource {
  if (dialect !== undefined && !isDialect(dialect)) {
    throw problem('no-such-dialect', { dialect, dialects: DIALECTS });
  }
  const set = file === STANDARD_INPUT ? null : instructionFilesIn(file);
  return {
    file: nameOf(file),
    bytes: set === null ? readBytes(file, 'a spec') : joinInstructions(set),
    evalFiles: set === null && file !== STANDARD_INPUT ? evalFilesBeside(file) : [],
    ...(dialect === undefined ? {} : { dialect }),
  };
}

/** The spec in these bytes, or a `TenetError` that says why it is none. */
export function specOf(source: SpecSource): Spec {
  const spec = readSpec(source);
  const invalid = spec.diagnostics.find(({ code }) => code === 'invalid-utf8');
  if (invalid !== undefined) {
    const { line, column } = invalid.span.start;
    throw problem('spec-not-utf8', { file: invalid.file, line, column });
  }
  if (!spec.sections.some(({ isClause }) => isClause)) {
    const broken = spec.diagnostics.find(
      ({ severity, code }) => severity === 'error' && code !== 'no-clauses',
    );
    if (broken !== undefined && RECORDS.has(spec.dialect)) {
      const { line, column } = broken.span.start;
      const { file: place, message: reason } = broken;
      throw problem('broken-record', { file: place, line, column, reason, dialect: spec.dialect });
    }
    throw problem('no-clause', { file: source.file, starter: STARTER_SPEC });
  }
  return spec;
}

/** What is in a folder. Throws where it can't be read: a folder that was skipped would look like one without files. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw problem('not-readable', { file: folder, reason: messageOf(error) }, { cause: error });
  }
}

/** The instruction files of a folder, nearest to its top first; null if it is no folder or has none. */
function instructionFilesIn(folder: string): SpecSource[] | null {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  const found: string[] = [];
  const visit = (path: string, depth: number): void => {
    const entries = entriesOf(path).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const inner = join(path, entry.name);
      if (entry.isFile() && isInstructionFile(relative(folder, inner))) found.push(inner);
    }
    for (const entry of entries) {
      const isOurs = entry.isDirectory() && !FOREIGN.has(entry.name);
      if (isOurs && depth < DEEPEST_FOLDER && found.length < MOST_INSTRUCTION_FILES) {
        visit(join(path, entry.name), depth + 1);
      }
    }
  };
  visit(folder, 0);
  if (found.length === 0) return null;
  return found.map((path) => ({
    file: relative(folder, path).split(sep).join('/'),
    bytes: readBytes(path, 'instructions'),
  }));
}

function evalFilesBeside(file: string): { file: string; bytes: Uint8Array }[] {
  const folder = join(dirname(file), 'examples');
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    // Most specs have no such folder, and none is needed.
    return [];
  }
  return names
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ file: path, bytes: readBytes(path, 'a file of eval prompts') }));
}

/** The suite in a file; its clauses must be the spec's. */
export function loadSuite(file: string, spec: Spec): Suite {
  const clauses = new Set(spec.sections.filter(({ isClause }) => isClause).map(({ id }) => id));
  const suite = readSuite(file, loadUtf8(file, 'a suite'), {
    has: (id) => clauses.has(id),
    near: (id) => suggestIds(spec, id).slice(0, 2),
  });
  if ('problems' in suite) {
    throw problem('suite-issues', { issues: suite.problems, file, found: suite.issues });
  }
  return suite;
}

/** The UTF-8 text of a file. `what` names in messages what it should have been. */
export function loadText(file: string, what: string): string {
  return new TextDecoder().decode(loadUtf8(file, what));
}

/** The bytes of a file that are UTF-8; `what` is as of `loadText`. */
function loadUtf8(file: string, what: string): Uint8Array {
  const bytes = readBytes(file, what);
  if (!isUtf8(bytes)) throw problem('not-utf8', { file: nameOf(file) });
  return bytes;
}

/** The bytes of a file; `what` is as of `loadText`. */
export function readBytes(file: string, what: string): Uint8Array {
  if (file === STANDARD_INPUT) return readStandardInput(what);
  try {
    const { size } = statSync(file);
    if (size > LARGEST_FILE) {
      throw problem('file-too-large', { file, megabytes: Math.round(size / 1024 / 1024), what });
    }
    return readFileSync(file);
  } catch (error) {
    if (TenetError.is(error)) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') {
      throw problem('no-such-file', { file, folder: resolve('.') });
    }
    if (code === 'EISDIR') {
      throw problem('is-folder', { file, what, ...markdownIn(file) });
    }
    if (code === 'EACCES') throw problem('may-not-read', { file });
    throw problem('not-readable', { file, reason: messageOf(error) }, { cause: error });
  }
}

/**
 * Writes `text` to the file that `flag` names, and makes the folders on the way to it.
 * @param mode `new`: a file that is there already is not written over
 */
export function writeNamed(
  flag: string,
  file: string,
  text: string,
  mode: 'new' | 'over' = 'over',
): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: mode === 'new' ? 'wx' : 'w' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (mode === 'new' && code === 'EEXIST') {
      throw problem('file-there', { flag, file });
    }
    if (code === 'EISDIR') throw problem('target-is-folder', { flag, file });
    throw problem('not-writable', { flag, file, reason: messageOf(error) }, { cause: error });
  }
}

/** What messages and reports call a file. */
function nameOf(file: string): string {
  return file === STANDARD_INPUT ? '<stdin>' : file;
}

/** It can be read once only, and a command may ask for it again. */
let standardInput: Uint8Array | null = null;

function readStandardInput(what: string): Uint8Array {
  try {
    standardInput ??= readFileSync(0);
  } catch (error) {
    throw problem('not-readable', { file: '<stdin>', reason: messageOf(error) }, { cause: error });
  }
  if (standardInput.length > LARGEST_FILE) {
    throw problem('input-too-large', { what });
  }
  return standardInput;
}

const MOST_NAMED = 3;

/** The Markdown in a folder, to be named instead of it. */
function markdownIn(folder: string): { named: string[]; more: number } {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map(({ name }) => join(folder, safeLine(name)))
    .sort();
  const named = files.slice(0, MOST_NAMED);
  return { named, more: files.length - named.length };
}
