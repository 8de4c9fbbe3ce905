import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');
const environment = {
  ...process.env,
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
};

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

test('the packed package does the main job in an empty folder, and is small', () => {
  execFileSync(process.execPath, [join(root, 'scripts/build.ts')], { cwd: root, env: environment });
  const folder = mkdtempSync(join(tmpdir(), 'tenet-package-'));
  try {
    const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: join(root, 'dist'),
      env: environment,
      encoding: 'utf8',
    });
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    assert.ok(statSync(join(folder, filename)).size < 2_000_000);
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    execFileSync(
      'npm',
      ['install', '--no-audit', '--no-fund', '--ignore-scripts', join(folder, filename)],
      {
        cwd: folder,
        env: environment,
        stdio: 'pipe',
      },
    );
    const run = (command: string, args: string[]) =>
      spawnSync(command, args, {
        cwd: folder,
        env: { ...environment, NO_COLOR: '1' },
        encoding: 'utf8',
      });

    const audit = run('npx', ['--no-install', 'tenet', 'audit', '--json']);
    assert.equal(audit.status, 0, audit.stderr);
    const report = JSON.parse(audit.stdout) as { schema: string; run: { simulated: boolean } };
    assert.equal(report.schema, 'tenet.report/1');
    assert.equal(report.run.simulated, true);

    writeFileSync(
      join(folder, 'tenet.config.ts'),
      "import { defineConfig } from 'tenet';\nexport default defineConfig({ limit: 4, subjects: ['sim:subject'] });\n",
    );
    const configured = run('npx', ['--no-install', 'tenet', 'audit', '--dry-run', '--json']);
    assert.equal(configured.status, 0, configured.stderr);
    assert.match(configured.stdout, /"samples": 4/);

    const kilobytes = Number(
      execFileSync('du', ['-sk', join(folder, 'node_modules')], { encoding: 'utf8' }).split(
        '\t',
      )[0],
    );
    assert.ok(kilobytes < 150_000, `an installation takes ${kilobytes} KB`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
