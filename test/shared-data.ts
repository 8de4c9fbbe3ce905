/**
 * Finds the data that tests share with other projects. It lies beside the project, not in it, so tests
 * that need it must be able to do without.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../shared/data/', import.meta.url));

/** The path of a shared file or folder, or null where the shared data is absent. */
export function sharedData(path: string): string | null {
  const full = join(folder, path);
  return existsSync(full) ? full : null;
}

/** Skips a test, saying why, where the shared data is absent; true if it did. */
export function skipUnlessShared(t: TestContext): boolean {
  if (existsSync(folder)) return false;
  t.skip('../shared/data is absent: this test needs it');
  return true;
}

/** A shared text file; null, with the test skipped, where the shared data is absent. */
export function sharedText(t: TestContext, path: string): string | null {
  return skipUnlessShared(t) ? null : readFileSync(join(folder, path), 'utf8');
}

/** The releases of the Model Spec in the shared data, oldest first. */
export const RELEASES = ['2025-04-11', '2025-09-12', '2025-12-18'] as const;

/** The bytes of a release of the Model Spec with its eval-prompt files, as `readSpec` takes them. */
export function sharedRelease(version: string): {
  file: string;
  bytes: Uint8Array;
  evalFiles: { file: string; bytes: Uint8Array }[];
} {
  const release = join(folder, 'model-spec', version);
  const examples = join(release, 'examples');
  return {
    file: `${version}/model_spec.md`,
    bytes: readFileSync(join(release, 'model_spec.md')),
    evalFiles: readdirSync(examples)
      .sort()
      .map((name) => ({
        file: `${version}/examples/${name}`,
        bytes: readFileSync(join(examples, name)),
      })),
  };
}

/** A shared JSON file. */
export function sharedJson(path: string): unknown {
  return JSON.parse(readFileSync(join(folder, path), 'utf8'));
}

/** The rows of a shared JSONL file. */
export function sharedRows(path: string): unknown[] {
  const lines = readFileSync(join(folder, path), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}
