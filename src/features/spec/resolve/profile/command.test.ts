import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'tenet-effective-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('a profile that changes nothing prints the spec byte for byte, last line end or not', () => {
  const profile = join(folder, 'p.yaml');
  writeFileSync(profile, 'profile: 1\nid: p\nspec: { id: spec }\nby: developer\n');
  const spec = join(folder, 'spec.md');
  const bin = join(import.meta.dirname, '../../../../../bin/tenet.js');
  for (const end of ['', '\n', '\r\n', '\n\n']) {
    const text = `# A {#a authority=root}\n\nText.${end}`;
    writeFileSync(spec, text);
    const args = [bin, 'spec', 'effective', spec, '--profile', profile, '--as', 'markdown'];
    assert.equal(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: 'pipe' }), text);
  }
});
