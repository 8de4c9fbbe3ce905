/**
 * Keeps the documentation's code true: every ```ts block is checked against the types, and every ```ts runnable block is
 * run, in a folder with the starter spec as `spec.md`; what it prints is what stands in the ```text block behind it.
 * `node scripts/examples.ts --write` brings those up to date.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

export interface Example {
  /** From the root of the checkout. */
  file: string;
  code: string;
  /** What stands below it as printed; null where it is not run. */
  printed: string | null;
}

const BLOCK = /^```ts(?: (runnable)\n(.*?)^```\n\n```text\n(.*?)^```$|\n(.*?)^```$)/gms;

/** The examples in the README and in docs/. */
export function examplesIn(files = documents()): Example[] {
  return files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(BLOCK)].map(
      ([, runnable, run = '', printed = '', other = '']): Example =>
        runnable === undefined
          ? { file, code: other, printed: null }
          : { file, code: run, printed },
    ),
  );
}

function documents(): string[] {
  return ['README.md', ...globSync('docs/*.md', { cwd: root })];
}

/** A folder of a user who has installed this checkout. */
export function installed(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenet-examples-'));
  cpSync(join(root, 'specs/starter'), folder, { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/tenet'), 'dir');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return folder;
}

/** What an example prints, on standard output and error. Throws where it fails. */
export function outputOf({ file, code }: Example): string {
  const folder = installed();
  try {
    writeFileSync(join(folder, 'example.ts'), code);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['example.ts'], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, NO_COLOR: '1' },
    });
    if (status !== 0) throw new Error(`an example of ${file} failed:\n${code}\n${stderr}`);
    return stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the compiler has against these examples, each in a file named `example1.ts` and on; empty where nothing. */
export function complaintsAbout(examples: readonly Example[]): string {
  const folder = installed();
  try {
    const names = examples.map(({ code }, at) => {
      const name = `example${at + 1}.ts`;
      writeFileSync(join(folder, name), code);
      return name;
    });
    const options = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { typeRoots: [join(root, 'node_modules/@types')] },
      // What the sources say of modules that have no types of their own.
      include: [...names, join(root, 'src/**/*.d.ts')],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const args = [compiler, '--noEmit', '--project', folder];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    return status === 0 ? '' : stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename && process.argv.includes('--write')) {
  for (const file of documents()) {
    const text = readFileSync(join(root, file), 'utf8').replace(
      BLOCK,
      (whole, runnable: string | undefined, code: string) =>
        runnable === undefined
          ? whole
          : `\`\`\`ts runnable\n${code}\`\`\`\n\n\`\`\`text\n${outputOf({ file, code, printed: '' })}\`\`\``,
    );
    writeFileSync(join(root, file), text);
  }
}
