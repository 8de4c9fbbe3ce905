/**
 * @module app/package
 * What comes with this package, found by the package's own name, so that a module finds it from source and from
 * whichever chunk of the bundle it stands in.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MANIFEST = fileURLToPath(import.meta.resolve('tenet/package.json'));

/** The absolute path of a file that is shipped, such as `specs/starter/spec.md`. */
export function shippedFile(path: string): string {
  return join(MANIFEST, '..', path);
}

/** The version of this package. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { version: string };
  return version;
}
