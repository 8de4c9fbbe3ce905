import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

test('a flag that a script doesn’t know is one line, and exit code 2', () => {
  for (const script of ['house.ts', 'coverage-of-tests.ts', 'simulate.ts']) {
    const path = join(import.meta.dirname, script);
    const { status, stdout, stderr } = spawnSync(process.execPath, [path, '--no-such-flag'], {
      encoding: 'utf8',
    });
    assert.deepEqual([status, stdout], [2, ''], script);
    assert.match(stderr, /^[^\n]*'--no-such-flag'[^\n]*\n$/, script);
  }
});
