/**
 * @module scripts/build
 * Makes the publishable package in `dist/`: `lib/`, in which each command is bundled into few files, `types/`, the
 * starter spec, the documentation, and a package.json without anything that only contributors need. What is
 * bundled stands in package.json alone: `exports` are what other programs import, `imports` what Tenet starts itself.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { startTogether } from './build/start-together.ts';

/** From a name to a file in `src/`, or to package.json itself. */
type Entries = Record<string, string>;

interface Manifest {
  exports: Entries;
  imports: Entries;
  dependencies: Entries;
  [key: string]: unknown;
}

/**
 * Packages that stay packages: adapters of providers, the editor's protocol and the widths of rare signs, which few
 * commands load. All others are bundled, since a package of a hundred files takes tens of milliseconds to load.
 */
const EXTERNAL: readonly string[] = [
  '@ai-sdk/*',
  'string-width',
  'vscode-languageserver',
  'vscode-languageserver-textdocument',
];

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
const options = {
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
  external: [...EXTERNAL],
  metafile: true,
  // Packages that are CommonJS ask for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as tenetRequire } from 'node:module'; const require = tenetRequire(import.meta.url);",
  },
  sourcemap: true,
  // Lines of our files are what a stack needs; the text of every package would triple the tarball.
  sourcesContent: false,
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: 'warning',
} satisfies BuildOptions;
const { metafile } = await build({ ...options, write: false });
await build({ ...options, plugins: [startTogether(root, metafile)] });
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

/** What programs need beside the bundle: packages that stay packages, and those whose types ours are made of. */
function neededAtRunTime(dependencies: Entries): Entries {
  const types = readdirSync(join(out, 'types'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.d.ts'))
    .map((file) => readFileSync(join(out, 'types', file), 'utf8'))
    .join('\n');
  const isExternal = (name: string): boolean =>
    EXTERNAL.some(
      (known) => known === name || (known.endsWith('/*') && name.startsWith(known.slice(0, -1))),
    );
  return Object.fromEntries(
    Object.entries(dependencies).filter(
      ([name]) => isExternal(name) || types.includes(`from '${name}`),
    ),
  );
}

/** The licences of what is bundled, each package once. */
function bundledLicences(): string {
  const packages = new Set(
    Object.keys(metafile.inputs).flatMap(
      (file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
    ),
  );
  return [...packages]
    .toSorted()
    .map((name) => {
      const folder = join(root, 'node_modules', name);
      const { version, license } = JSON.parse(
        readFileSync(join(folder, 'package.json'), 'utf8'),
      ) as Entries;
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
      return `${name} ${version} (${license})\n\n${text}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

writeFileSync(join(out, 'THIRD-PARTY-LICENSES'), bundledLicences());
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
      dependencies: neededAtRunTime(published.dependencies),
      exports: Object.fromEntries(exported),
      imports: Object.fromEntries(imported),
      files: readdirSync(out).filter((name) => name !== 'package.json'),
    },
    null,
    2,
  )}\n`,
);
