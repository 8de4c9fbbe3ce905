/** Time against size: what reads, counts, queries, lints, compares and aligns a spec, per megabyte of it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STARTER_SPEC } from '../src/app/files.ts';
import { alignSpecs } from '../src/features/spec/align/index.ts';
import { diffSpecs } from '../src/features/spec/diff/index.ts';
import { lint } from '../src/features/spec/lint/index.ts';
import { readSpec, type Spec, selectClauses, specStats } from '../src/spec/index.ts';
import { print } from './measure.ts';

const release = join(import.meta.dirname, '../../shared/data/model-spec/2025-12-18/model_spec.md');
const source = readFileSync(existsSync(release) ? release : STARTER_SPEC, 'utf8');
const SECTION = 'A reply must be true unless the developer says otherwise.';

/** A warm engine is what is measured. */
measure(null, source);
for (const megabytes of [0, 1, 5, 20]) {
  measure('a real spec', repeated(Math.max(1, Math.round((megabytes * 1e6) / source.length))));
}
measure('10,000 headings', sections(10_000));
measure('100 nested lists', nested(100));
measure(
  'a paragraph of 20 MB',
  `# One {#one authority=user}\n\n${`${SECTION} `.repeat(350_000)}\n`,
);
measure('mixed line ends', mixed(repeated(4)));

function measure(what: string | null, text: string): void {
  const bytes = new TextEncoder().encode(text);
  const megabytes = bytes.byteLength / 1e6;
  const timed = <T>(work: () => T): [T, number] => {
    const started = performance.now();
    const value = work();
    return [value, performance.now() - started];
  };
  const read = (source: Uint8Array): Spec => readSpec({ file: 'large.md', bytes: source });
  const [spec, reading] = timed(() => read(bytes));
  const changed = read(new TextEncoder().encode(text.replaceAll(' must ', ' should ')));
  const steps = {
    read: reading,
    stats: timed(() => specStats(spec))[1],
    query: timed(() => selectClauses(spec, 'text:"side effects" and not has:eval'))[1],
    lint: timed(() => lint(spec))[1],
    diff: timed(() => diffSpecs(spec, changed))[1],
    align: timed(() => alignSpecs(spec, changed))[1],
  };
  if (what === null) return;
  for (const [step, milliseconds] of Object.entries(steps)) {
    print({
      what: 'spec-scale',
      text: what,
      megabytes,
      headings: spec.sections.length,
      step,
      milliseconds,
      millisecondsPerMegabyte: milliseconds / megabytes,
    });
  }
}

/** The same spec again and again, each time with ids of its own. */
function repeated(times: number): string {
  const copies = Array.from({ length: times }, (_, copy) =>
    copy === 0 ? source : source.replaceAll(/([{(]#)([a-z0-9_]+)/g, `$1$2_${copy}`),
  );
  return copies.join('\n\n');
}

function sections(number: number): string {
  return Array.from(
    { length: number },
    (_, place) => `## Clause ${place} {#clause_${place} authority=user}\n\n${SECTION}\n`,
  ).join('\n');
}

function nested(depth: number): string {
  const items = Array.from({ length: depth }, (_, level) => `${'    '.repeat(level)}- ${SECTION}`);
  return `# One {#one authority=user}\n\n${items.join('\n')}\n`;
}

function mixed(text: string): string {
  const ends = ['\n', '\r\n', '\r'];
  return text
    .split('\n')
    .map((line, place) => line + ends[place % 3])
    .join('');
}
