/**
 * How long the language server takes to answer after an edit: the real server as a child process, driven over
 * stdio as an editor drives it, with the Model Spec where it is at hand and the starter spec. Every question is
 * asked right after a keystroke, so that each answer includes reading the changed document.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { STARTER_SPEC } from '../src/app/files.ts';
import { Editor } from '../src/lsp/client.fixture.ts';
import { print } from './measure.ts';

const ROUNDS = 40;
/** Like a person who types fast: the check of the last pause may still be under way. */
const PAUSE_MILLISECONDS = 60;

const files = [
  STARTER_SPEC,
  join(import.meta.dirname, '../../shared/data/model-spec/2025-12-18/model_spec.md'),
];
for (const file of files.filter((path) => existsSync(path))) {
  const text = readFileSync(file, 'utf8');
  const uri = pathToFileURL(file).href;
  await using editor = new Editor();
  await editor.start({ delay: 50 });
  const opened = performance.now();
  editor.open(uri, text);
  await editor.diagnosed(uri, () => true);
  const subject = { file: basename(file), kilobytes: Buffer.byteLength(text) / 1_000 };
  print({ what: 'lsp first diagnostics', ...subject, p50: performance.now() - opened });

  const lines = text.split('\n');
  const place = (needle: string): [number, number] => {
    const line = lines.findIndex((candidate) => candidate.includes(needle));
    return [line, (lines[line]?.indexOf(needle) ?? 0) + 2];
  };
  const reference = place('[?](#');
  const tag = place('[^');
  const heading = place('{#');
  const typed = lines.findIndex((line) => line.length > 80 && !line.startsWith('#'));
  const range = { start: { line: 0, character: 0 }, end: { line: 400, character: 0 } };
  const document = { textDocument: { uri } };
  const kinds: Record<string, () => Promise<unknown>> = {
    hover: () => editor.at('hover', uri, reference),
    'definition of a clause': () => editor.at('definition', uri, reference),
    'definition of a tag': () => editor.at('definition', uri, tag),
    references: () =>
      editor.at('references', uri, heading, { context: { includeDeclaration: true } }),
    'prepare rename': () => editor.at('prepareRename', uri, reference),
    rename: () => editor.at('rename', uri, reference, { newName: 'another_id' }),
    completion: () => editor.at('completion', uri, [reference[0], reference[1] + 3]),
    'code actions': () =>
      editor.ask('textDocument/codeAction', { ...document, range, context: { diagnostics: [] } }),
    'code lenses': () => editor.about('codeLens', uri),
    outline: () => editor.about('documentSymbol', uri),
    folding: () => editor.about('foldingRange', uri),
    links: () => editor.about('documentLink', uri),
    'workspace symbols': () => editor.ask('workspace/symbol', { query: 'be' }),
  };
  for (const [kind, ask] of Object.entries(kinds)) {
    const timings: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
      const isEven = round % 2 === 0;
      const started = performance.now();
      editor.type(uri, [typed, 5], isEven ? [typed, 5] : [typed, 6], isEven ? 'x' : '');
      await ask();
      timings.push(performance.now() - started);
    }
    print({ what: 'lsp', ...subject, kind, p50: at(timings, 0.5), p95: at(timings, 0.95) });
  }

  const checks: number[] = [];
  for (let round = 0; round < 10; round++) {
    editor.diagnostics.delete(uri);
    const started = performance.now();
    editor.type(uri, [typed, 5], [typed, 5], 'x');
    await editor.diagnosed(uri, () => true);
    checks.push(performance.now() - started);
  }
  print({
    what: 'lsp diagnostics after an edit, 50 ms of waiting included',
    ...subject,
    p50: at(checks, 0.5),
    p95: at(checks, 0.95),
  });
  await editor.stop();
}

function at(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
