/**
 * Makes the publishable package in `dist/`: the sources as JavaScript with their types, the starter spec, the
 * documentation, and a package.json without anything that only contributors need.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const out = join(root, 'dist');

rmSync(out, { recursive: true, force: true });
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

const source = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  string,
  unknown
>;
const { private: _, scripts, devDependencies, optionalDependencies, ...published } = source;
writeFileSync(
  join(out, 'package.json'),
  `${JSON.stringify(
    {
      ...published,
      exports: {
        '.': { types: './src/index.d.ts', default: './src/index.js' },
        './package.json': './package.json',
      },
      files: readdirSync(out).filter((name) => name !== 'package.json'),
    },
    null,
    2,
  )}\n`,
);
