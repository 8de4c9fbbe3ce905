/**
 * @module scripts/build
 * Makes the publishable package in `dist/`: `lib/`, in which each command is bundled into few files, `types/`, the
 * starter spec, the documentation, and a package.json without anything that only contributors need. What is
 * bundled stands in package.json alone: `exports` are what other programs import, `imports` what Tenet starts itself.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** From a name to a file in `src/`, or to package.json itself. */
type Entries = Record<string, string>;

interface Manifest {
  exports: Entries;
  imports: Entries;
  [key: string]: unknown;
}

const root = join(import.meta.dirname, '..');
const out = join(root, 'dist');
const isSource = (path: string): boolean => path.startsWith('./src/');
const inLib = (path: string): string => path.replace('./src/', './lib/').replace(/\.ts$/, '.js');
const inTypes = (path: string): string =>
  path.replace('./src/', './types/').replace(/\.ts$/, '.d.ts');

const {
  private: _,
  scripts,
  devDependencies,
  optionalDependencies,
  ...published
} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

rmSync(out, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: [...Object.values(published.exports), ...Object.values(published.imports)].filter(
    isSource,
  ),
  outdir: join(out, 'lib'),
  outbase: 'src',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});
execFileSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '--project', join(root, 'tsconfig.build.json')],
  { stdio: 'inherit' },
);

for (const part of ['bin', 'specs', 'docs', 'README.md', 'CHANGELOG.md', 'LICENSE']) {
  cpSync(join(root, part), join(out, part), { recursive: true });
}
// Decisions are for who changes Tenet, not for who uses it.
rmSync(join(out, 'docs', 'decisions'), { recursive: true, force: true });

const exported = Object.entries(published.exports).map(([name, path]) => [
  name,
  isSource(path) ? { types: inTypes(path), default: inLib(path) } : path,
]);
const imported = Object.entries(published.imports).map(([name, path]) => [name, inLib(path)]);
writeFileSync(
  join(out, 'package.json'),
  `${JSON.stringify(
    {
      ...published,
      exports: Object.fromEntries(exported),
      imports: Object.fromEntries(imported),
      files: readdirSync(out).filter((name) => name !== 'package.json'),
    },
    null,
    2,
  )}\n`,
);
