/** @module scripts/install-packed The package as users have it: built, packed, and installed from the tarball. */
import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** An environment in which `npm` and `npx` run this Node. */
export const ENVIRONMENT = {
  ...process.env,
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
};

/**
 * Builds the package into `dist/`, packs it, and installs the tarball into an empty folder.
 * @returns the tarball's size in bytes, and the script that `npx tenet` runs
 */
export function installPacked(folder: string): { bytes: number; bin: string } {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.ts')], { cwd: ROOT });
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: join(ROOT, 'dist'),
    env: ENVIRONMENT,
    encoding: 'utf8',
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  const tarball = join(folder, filename);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', tarball], {
    cwd: folder,
    env: ENVIRONMENT,
    stdio: 'pipe',
  });
  return { bytes: statSync(tarball).size, bin: join(folder, 'node_modules/tenet/bin/tenet.js') };
}
