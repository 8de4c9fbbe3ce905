/**
 * @module cli/files
 * Reads what the user names: a spec with the eval-prompt files beside it, a system prompt, a suite.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readSpec, type Spec, suggestIds } from '../spec/index.ts';
import { readSuite } from '../suite/files.ts';
import type { Suite } from '../suite/scenario.ts';
import { messageOf, Problem } from './problem.ts';

/** The spec that comes with Tenet. */
export const STARTER_SPEC = join(import.meta.dirname, '../../specs/starter/spec.md');

/** Larger files are no specs, and are not read to find that out. */
const LARGEST_FILE = 64 * 1024 * 1024;

/** The spec in a file and its folder `examples/`, or a `Problem` that says why it is none. */
export function loadSpec(file: string): Spec {
  const spec = readSpec({
    file,
    bytes: readBytes(file, 'a spec'),
    evalFiles: evalFilesBeside(file),
  });
  const invalid = spec.diagnostics.find(({ code }) => code === 'invalid-utf8');
  if (invalid !== undefined) {
    const { line, column } = invalid.span.start;
    throw new Problem(
      `${invalid.file}:${line}:${column}: this is no UTF-8 text. Save the file as UTF-8 and try again.`,
    );
  }
  if (!spec.sections.some(({ isClause }) => isClause)) {
    throw new Problem(
      `${file}:1:1: there is no clause in this file. A spec is Markdown with headings such as '## Be honest {#be_honest authority=user}'; '${STARTER_SPEC}' is one to look at.`,
    );
  }
  return spec;
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
  const suite = readSuite(file, loadText(file, 'a suite'), {
    has: (id) => clauses.has(id),
    near: (id) => suggestIds(spec, id).slice(0, 2),
  });
  if ('problems' in suite) throw new Problem(suite.problems.join('\n'));
  return suite;
}

/** The UTF-8 text of a file. `what` names in messages what it should have been. */
export function loadText(file: string, what: string): string {
  const bytes = readBytes(file, what);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem(`${file}: this is no UTF-8 text. Save the file as UTF-8 and try again.`);
  }
}

function readBytes(file: string, what: string): Uint8Array {
  try {
    const { size } = statSync(file);
    if (size > LARGEST_FILE) {
      throw new Problem(
        `${file}: ${Math.round(size / 1024 / 1024)} MB is too much for ${what} (the limit is 64 MB).`,
      );
    }
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Problem) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') {
      throw new Problem(
        `${file}: there is no such file. Check the path; it starts from ${process.cwd()}.`,
      );
    }
    if (code === 'EISDIR') {
      throw new Problem(
        `${file}: this is a folder. Name the file in it, such as ${join(file, `${basename(file)}.md`)}.`,
      );
    }
    if (code === 'EACCES') throw new Problem(`${file}: you may not read this file.`);
    throw new Problem(`${file}: can't be read: ${messageOf(error)}`);
  }
}
