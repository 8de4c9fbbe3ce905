/** Time to read a spec, warm: the Model Spec where it is at hand, and the starter spec. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { STARTER_SPEC } from '../src/app/files.ts';
import { readSpec } from '../src/spec/index.ts';
import { median, print } from './measure.ts';

const files = [
  STARTER_SPEC,
  join(import.meta.dirname, '../../shared/data/model-spec/2025-12-18/model_spec.md'),
];
for (const file of files.filter((path) => existsSync(path))) {
  const bytes = readFileSync(file);
  const timings = Array.from({ length: 60 }, () => {
    const started = performance.now();
    readSpec({ file, bytes });
    return performance.now() - started;
  });
  print({
    what: 'read',
    file: basename(file),
    kilobytes: bytes.byteLength / 1_000,
    firstMilliseconds: timings[0],
    warmMilliseconds: median(timings.slice(20)),
  });
}
