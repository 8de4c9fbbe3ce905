import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, test } from 'node:test';
import { ENVIRONMENT, installPacked } from '../scripts/install-packed.ts';
import { Editor } from '../src/lsp/client.fixture.ts';

const root = join(import.meta.dirname, '..');

interface LockedPackage {
  dev?: boolean;
  devOptional?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
}

test('no dependency of the published package runs an install script', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const published = Object.entries(lock.packages).filter(
    ([path, locked]) => path !== '' && locked.dev !== true && locked.devOptional !== true,
  );
  assert.ok(published.length > 5);
  assert.deepEqual(
    published.filter(([, locked]) => locked.hasInstallScript === true).map(([path]) => path),
    [],
  );
});

describe('the packed package, in an empty folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenet-package-'));
  let installed = { bytes: 0, bin: '' };
  before(() => {
    installed = installPacked(folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, {
      cwd: folder,
      env: { ...ENVIRONMENT, NO_COLOR: '1' },
      encoding: 'utf8',
    });

  it('does the main job', () => {
    const audit = run('npx', '--no-install', 'tenet', 'audit', '--json');
    assert.equal(audit.status, 0, audit.stderr);
    const report = JSON.parse(audit.stdout) as { schema: string; run: { simulated: boolean } };
    assert.equal(report.schema, 'tenet.report/1');
    assert.equal(report.run.simulated, true);
  });

  it('finds what comes with it, and itself for a configuration', () => {
    const starter = join(folder, 'node_modules/tenet/specs/starter/spec.md');
    const sarif = run(
      process.execPath,
      installed.bin,
      'spec',
      'lint',
      '--format',
      'sarif',
      starter,
    );
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    assert.equal(JSON.parse(sarif.stdout).runs[0].tool.driver.semanticVersion, version);

    writeFileSync(
      join(folder, 'tenet.config.ts'),
      "import { defineConfig } from 'tenet';\nexport default defineConfig({ limit: 4, subjects: ['sim:subject'] });\n",
    );
    const configured = run('npx', '--no-install', 'tenet', 'audit', '--dry-run', '--json');
    assert.equal(configured.status, 0, configured.stderr);
    assert.match(configured.stdout, /"samples": 4/);
  });

  it('checks documents for an editor, in its thread', async () => {
    await using editor = new Editor(installed.bin);
    await editor.start();
    const uri = 'file:///somewhere/spec.md';
    editor.open(uri, '# One {#one authority=user}\n\nSee [two](#two).\n');
    const diagnostics = await editor.diagnosed(uri, (found) => found.length > 0);
    assert.ok(diagnostics.length > 0);
    await editor.stop();
  });

  it('is imported by a program, under each of the names that it exports, with types', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const names = Object.keys(manifest.exports)
      .filter((name) => name !== './package.json')
      .map((name) => name.replace(/^\./, 'tenet'));
    assert.ok(names.includes('tenet') && names.includes('tenet/spec'));
    writeFileSync(
      join(folder, 'program.ts'),
      [
        ...names.map((name, index) => `import * as module${index} from '${name}';`),
        "import { readSpec, type Spec } from 'tenet/spec';",
        "import { wilson } from 'tenet/stats';",
        "const bytes = new TextEncoder().encode('# One {#one authority=user}\\n\\nBe kind.\\n');",
        "const spec: Spec = readSpec({ file: 'one.md', bytes });",
        `const filled: boolean[] = [${names.map((_, index) => `module${index}`)}].map(`,
        '  (module) => Object.keys(module).length > 0,',
        ');',
        'console.log(JSON.stringify({ ids: spec.sections.map(({ id }) => id), wilson: typeof wilson, filled }));',
        '// @ts-expect-error: a spec is read from bytes',
        'export const wrong = () => readSpec({ file: 3 });',
        '',
      ].join('\n'),
    );
    const ran = run(process.execPath, 'program.ts');
    assert.equal(ran.status, 0, ran.stderr);
    assert.deepEqual(JSON.parse(ran.stdout), {
      ids: ['one'],
      wilson: 'function',
      filled: names.map(() => true),
    });

    const modules = join(root, 'node_modules');
    const types = ['--types', 'node', '--typeRoots', join(modules, '@types')];
    const checked = run(
      process.execPath,
      join(modules, 'typescript/bin/tsc'),
      ...['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', ...types],
      'program.ts',
    );
    assert.equal(checked.status, 0, checked.stdout);
  });

  it('has a source map for every script, which --debug follows', () => {
    const lib = join(folder, 'node_modules/tenet/lib');
    const scripts = globSync('**/*.js', { cwd: lib });
    assert.ok(scripts.length > 5);
    const failed = run(process.execPath, installed.bin, '--debug', 'spec', 'stats', 'absent.md');
    assert.match(failed.stderr, /\n +at .*\/src\/[\w/-]+\.ts:\d+:\d+/);
    for (const script of scripts) {
      const text = readFileSync(join(lib, script), 'utf8');
      assert.match(text, /\n\/\/# sourceMappingURL=[\w.-]+\.js\.map\n$/, script);
      const map = JSON.parse(readFileSync(join(lib, `${script}.map`), 'utf8'));
      assert.ok(Array.isArray(map.sources), script);
    }
  });

  it('is small, with all that it needs', () => {
    assert.ok(installed.bytes < 2_000_000, `the tarball has ${installed.bytes} bytes`);
    const { stdout } = run('du', '-sk', join(folder, 'node_modules'));
    const kilobytes = Number(stdout.split('\t')[0]);
    assert.ok(kilobytes < 150_000, `an installation takes ${kilobytes} KB`);
  });
});

test('a Node that is too old is told so in one line', (t) => {
  const old = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => {
    const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? '';
    return /^v(1[4-9]|2[0-3])\./.test(version);
  });
  if (old === undefined) {
    t.skip('there is no older Node on this machine');
    return;
  }
  const { status, stdout, stderr } = spawnSync(old, [join(root, 'bin/tenet.js'), 'audit'], {
    encoding: 'utf8',
  });
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^tenet needs Node 24\.15 or newer, and this is .*\n$/);
});
