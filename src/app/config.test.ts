// The documented configuration works in a folder in which nothing is installed.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Folder, temporaryFolder, userIn } from '../../test/command.ts';
import { STARTER_SPEC } from './files.ts';

test('tenet.config.ts finds tenet without an installation beside it', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  writeFileSync(
    folder.at('tenet.config.ts'),
    "import { defineConfig } from 'tenet';\nexport default defineConfig({ repeats: 3, limit: 1, subjects: ['sim:subject'] });\n",
  );
  const planned = await user.run('audit', '--dry-run', '--json');
  assert.equal(planned.code, 0, planned.stderr);
  assert.doesNotMatch(planned.stderr, /Warning/);
  assert.match(planned.stdout, /"samples": 3,/);
});

test('a tenet that is installed beside it goes first, and other packages are not made up', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  const installed = folder.at('node_modules', 'tenet');
  mkdirSync(installed, { recursive: true });
  writeFileSync(
    folder.at('node_modules', 'tenet', 'package.json'),
    '{"name": "tenet", "type": "module", "exports": "./index.js"}',
  );
  writeFileSync(
    folder.at('node_modules', 'tenet', 'index.js'),
    'export const defineConfig = () => ({ repeats: 7, limit: 1 });\n',
  );
  const config = "import { defineConfig } from 'tenet';\nexport default defineConfig({});\n";
  writeFileSync(folder.at('tenet.config.ts'), config);
  const planned = await user.run('audit', '--dry-run', '--json');
  assert.match(planned.stdout, /"samples": 14,/);
  writeFileSync(folder.at('tenet.config.ts'), `import 'tenet-of-nobody';\n${config}`);
  const failed = await user.run('audit', '--dry-run');
  assert.equal(failed.code, 2);
  assert.match(failed.stderr, /tenet\.config\.ts: can't be loaded: .*tenet-of-nobody/);
});

const POLICY = 'policy: tenet.policy/1\ngates:\n  - { overall: true, adherence: 0.05 }\n';
const LEDGER = 'kept/evidence.db';

/** A folder with a configuration of this text. */
function configured(settings: string): Folder {
  const folder = temporaryFolder();
  writeFileSync(folder.at('tenet.config.ts'), `export default { ${settings} };\n`);
  return folder;
}

test('the ledger is settled for every command that has one, and a flag wins', async () => {
  using folder = configured(`ledger: '${LEDGER}', limit: 4, repeats: 2`);
  const user = userIn(folder.path);
  const done = async (...words: string[]): Promise<string> => {
    const { code, stdout, stderr } = await user.run(...words);
    assert.equal(code, 0, `${words.join(' ')}: ${stderr}`);
    return stdout;
  };
  // Nothing is there yet, and nobody named it now.
  assert.deepEqual(JSON.parse(await done('runs', '--json')).runs, []);
  const starter = STARTER_SPEC;
  const healthOf = async (...more: string[]) =>
    JSON.parse(await done('health', starter, '--json', ...more)).evidence.runs.length;
  assert.equal(await healthOf(), 0);

  const { run } = JSON.parse(await done('audit', '--subject', 'sim:subject', '--json'));
  assert.ok(existsSync(folder.at(LEDGER)) && !existsSync(folder.at('.tenet')));
  assert.equal(JSON.parse(await done('runs', '--json')).runs[0].id, run.id);
  assert.equal(JSON.parse(await done('report', '--json')).run.id, run.id);
  await done('show', run.id, 't1');
  writeFileSync(folder.at('policy.yaml'), POLICY);
  await done('gate', '--policy', 'policy.yaml');
  assert.equal(await healthOf(), 1);
  await done('judge', 'calibrate', '--judge', 'sim:judge', '--limit', '2');
  assert.equal(JSON.parse(await done('judge', 'list', '--json')).certificates.length, 1);
  const again = await done('judge', 'again', run.id, '--judge', 'sim:judge?seed=2', '--json');
  await done('compare', run.id, JSON.parse(again).run.id);
  await done('spec', 'diff', starter, starter, '--runs');
  const labels = await done('label', run.id, '--progress', '--json');
  assert.equal(JSON.parse(labels).run, run.id);
  assert.ok(!existsSync(folder.at('.tenet')));

  const elsewhere = ['--ledger', 'other.db'];
  await done('audit', '--subject', 'sim:subject', ...elsewhere);
  assert.equal(JSON.parse(await done('runs', '--json', ...elsewhere)).runs.length, 1);
  for (const words of [['runs'], ['health', starter], ['label', run.id, '--progress']]) {
    const { code, stderr } = await user.run(...words, '--ledger', 'none.db');
    assert.deepEqual([code, /none\.db/.test(stderr)], [2, true], words.join(' '));
  }
});

test('judges are settled for all that measures them, and what a command has not is nothing to it', async () => {
  using folder = configured(
    `judge: ['sim:judge', 'sim:judge?seed=2'], limit: 1, budget: 3, consensus: 'unanimity'`,
  );
  const user = userIn(folder.path);
  const judgesOf = async (...words: string[]) => {
    const { code, stdout, stderr } = await user.run('judge', ...words, '--dry-run', '--json');
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout).judges.length;
  };
  assert.equal(await judgesOf('calibrate'), 2);
  assert.equal(await judgesOf('attack'), 2);
  // One judge counts no votes: the flag would be wrong beside it, the configuration is not meant.
  assert.equal(await judgesOf('calibrate', '--judge', 'sim:judge'), 1);
  const wrong = await user.run(
    'judge',
    'calibrate',
    '--judge',
    'sim:judge',
    '--consensus',
    'latent',
  );
  assert.deepEqual([wrong.code, /--consensus/.test(wrong.stderr)], [2, true]);
  writeFileSync(folder.at('tenet.config.ts'), 'export default {};\n');
  const nobody = await user.run('judge', 'calibrate');
  assert.deepEqual([nobody.code, /--judge: name the model/.test(nobody.stderr)], [2, true]);
});

test('a wrong setting is told with its place, the nearest key and all that there are', async () => {
  const cases: [settings: string, says: RegExp][] = [
    [
      'legder: 1',
      /^tenet: tenet\.config\.ts: "legder" is no setting\. Is it ledger\? Settings are spec, .*judges\.$/m,
    ],
    ['ledger: 1', /tenet\.config\.ts: ledger: must be a text/],
    ['subjects: [1]', /tenet\.config\.ts: subjects\.0: must be a text/],
    ["prices: { 'a:b': { input: 1 } }", /tenet\.config\.ts: prices\.a:b\.output: /],
  ];
  for (const [settings, says] of cases) {
    using folder = configured(settings);
    const { code, stderr } = await userIn(folder.path).run('runs');
    assert.equal(code, 2);
    assert.match(stderr, says);
  }
});

test('a command that nothing is settled for, or that has it all said, reads no configuration', async () => {
  using folder = configured('...boom');
  const user = userIn(folder.path);
  const specs = await user.run('spec', 'stats', STARTER_SPEC);
  assert.equal(specs.code, 0, specs.stderr);
  const named = await user.run('runs', '--ledger', 'none.db');
  assert.match(named.stderr, /none\.db/);
  const help = await user.run('audit', '--help');
  assert.equal(help.code, 0, help.stderr);
  assert.match((await user.run('runs')).stderr, /tenet\.config\.ts: can't be loaded/);
});

test('a configuration that can not be read is wrong input, not a fault of Tenet', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  const getter = "get spec() { throw new Error('no spec today'); }";
  writeFileSync(folder.at('tenet.config.ts'), `export default { limit: 1, ${getter} };\n`);
  const failed = await user.run('audit', '--dry-run', '--json');
  assert.equal(failed.code, 2);
  assert.doesNotMatch(failed.stderr, /fault of Tenet/);
  const { code, message } = JSON.parse(failed.stdout);
  assert.equal(code, 'wrong-config');
  assert.match(message, /^tenet\.config\.ts: spec: can't be read: no spec today/);
});

test('what is exported is the settings themselves, in forms that are told in words', async () => {
  const cases: [exported: string, says: RegExp][] = [
    ['Promise.resolve({ limit: 1 })', /no plain object\. .*export default await/],
    ['new Map([["limit", 1]])', /no plain object/],
    ['{ limit: "3" }', /limit: must be a whole number above 0/],
    ['{ judge: 7 }', /judge: must be a text or a list of texts/],
    ['{ concurrency: "fast" }', /concurrency: must be 'auto' or a whole number above 0/],
    ['{ consensus: "loudest" }', /consensus: must be one of majority, unanimity, latent/],
    ['{ subject: "sim:a", subjects: ["sim:b"] }', /subject and subjects are two names/],
  ];
  for (const [exported, says] of cases) {
    using folder = temporaryFolder();
    writeFileSync(folder.at('tenet.config.ts'), `export default ${exported};\n`);
    const { code, stderr } = await userIn(folder.path).run('audit', '--dry-run');
    assert.equal(code, 2);
    assert.match(stderr, says);
  }
});

test('what a configuration prints stands in no result, whatever its form', async () => {
  using folder = temporaryFolder();
  writeFileSync(
    folder.at('tenet.config.ts'),
    "console.log('HELLO');\nexport default { limit: 2 };\n",
  );
  const user = userIn(folder.path);
  const ran = await user.run('audit');
  assert.equal(ran.code, 0, ran.stderr);
  assert.doesNotMatch(ran.stdout, /HELLO/);
  assert.match(ran.stderr, /HELLO/);
  const page = await user.run('report', '--format', 'html');
  assert.match(page.stdout, /^<!doctype html>/);
});
