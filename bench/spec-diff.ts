/** Time to compare two versions of a spec: two releases of the Model Spec, and made-up pairs of growing size. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffSpecs } from '../src/features/spec/diff/index.ts';
import { readSpec, type Spec } from '../src/spec/index.ts';
import { median, print } from './measure.ts';

const releases = join(import.meta.dirname, '../../shared/data/model-spec');
const pair = ['2025-09-12', '2025-12-18'].map((version) =>
  join(releases, version, 'model_spec.md'),
);
if (pair.every((path) => existsSync(path))) {
  const [older, newer] = pair.map((file) => readSpec({ file, bytes: readFileSync(file) }));
  if (older !== undefined && newer !== undefined) measure('two releases', older, newer, 40);
}
for (const megabytes of [1, 5, 20]) {
  const sections = megabytes * 500;
  measure('some changed', madeUp(sections, 'one', 0), madeUp(sections, 'one', 7), 3);
  measure('every id changed', madeUp(sections, 'one', 0), madeUp(sections, 'two', 7), 3);
}

function measure(what: string, older: Spec, newer: Spec, times: number): void {
  const timings = Array.from({ length: times }, () => {
    const started = performance.now();
    diffSpecs(older, newer);
    return performance.now() - started;
  });
  print({
    what: 'spec-diff',
    pair: what,
    kilobytes: Buffer.byteLength(newer.text) / 1_000,
    sections: newer.sections.length,
    firstMilliseconds: timings[0],
    warmMilliseconds: median(timings.slice(Math.floor(times / 2))),
  });
}

/** A spec of 2 KB sections, every `nth` of which has another sentence (0: none). */
function madeUp(sections: number, name: string, nth: number): Spec {
  const words = 'reply user honest harm context duty reason trust limit source advice care'.split(
    ' ',
  );
  const text = Array.from({ length: sections }, (_, place) => {
    const sentences = Array.from({ length: 24 }, (_unused, row) => {
      const of = (step: number): string =>
        words[(place * step + row * (step + 3)) % words.length] ?? '';
      return `In case ${place}.${row} the assistant should weigh ${of(5)} against ${of(7)} and ${of(11)}.`;
    });
    if (nth > 0 && place % nth === 0) sentences[3] = `It must never do ${place}.`;
    return `## Clause ${place} {#${name}_${place} authority=user}\n\n${sentences.join(' ')}\n\n`;
  });
  return readSpec({ file: 'made-up.md', bytes: new TextEncoder().encode(text.join('')) });
}
