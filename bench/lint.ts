/** Time to lint a spec with every rule: warm, from the command line, and against its size. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { STARTER_SPEC } from '../src/app/files.ts';
import { lint } from '../src/features/spec/lint/index.ts';
import { readSpec } from '../src/spec/index.ts';
import { median, print } from './measure.ts';

const release = join(import.meta.dirname, '../../shared/data/model-spec/2025-12-18/model_spec.md');
const files = [STARTER_SPEC, release].filter((path) => existsSync(path));
const command = join(import.meta.dirname, '../bin/tenet.js');

for (const file of files) {
  const bytes = readFileSync(file);
  const spec = readSpec({ file, bytes });
  const timings = Array.from({ length: 40 }, () => {
    const started = performance.now();
    lint(spec);
    return performance.now() - started;
  });
  print({
    what: 'lint',
    file: basename(file),
    kilobytes: bytes.byteLength / 1_000,
    findings: lint(spec).findings.length,
    firstMilliseconds: timings[0],
    warmMilliseconds: median(timings.slice(10)),
  });
  const runs = Array.from({ length: 5 }, () => {
    const started = performance.now();
    execFileSync(process.execPath, [command, 'spec', 'lint', '--format', 'json', file], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return performance.now() - started;
  });
  print({ what: 'lint from the command line', file: basename(file), milliseconds: median(runs) });
}

/** A spec as large as wanted: the same text again and again, each time with ids of its own. */
function repeated(text: string, times: number): string {
  const parts = [text];
  for (let copy = 2; copy <= times; copy++) {
    parts.push(text.replaceAll(/([{(]#)([a-z0-9_]+)/g, `$1$2_${copy}`));
  }
  return parts.join('\n\n');
}

const source = readFileSync(files.at(-1) ?? STARTER_SPEC, 'utf8');
for (const megabytes of [1, 2, 5, 10, 20]) {
  const text = repeated(source, Math.ceil((megabytes * 1_000_000) / source.length));
  const bytes = new TextEncoder().encode(text);
  const started = performance.now();
  const spec = readSpec({ file: 'large.md', bytes });
  const read = performance.now();
  const { findings } = lint(spec);
  const linted = performance.now();
  print({
    what: 'lint against size',
    megabytes: bytes.byteLength / 1_000_000,
    headings: spec.sections.length,
    findings: findings.length,
    readMilliseconds: read - started,
    lintMilliseconds: linted - read,
    lintMillisecondsPerMegabyte: (linted - read) / (bytes.byteLength / 1_000_000),
  });
}
