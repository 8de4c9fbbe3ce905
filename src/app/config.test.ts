// The documented configuration works in a folder in which nothing is installed.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { temporaryFolder, userIn } from '../../test/command.ts';

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
