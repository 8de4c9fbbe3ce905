import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { checkOut } from './check-out.ts';

const ROOT = join(import.meta.dirname, '..');

/** This checkout as it stands, changes that are not committed included. */
function asItStands() {
  const changed = execFileSync('git', ['stash', 'create'], { cwd: ROOT, encoding: 'utf8' }).trim();
  return checkOut(changed === '' ? 'HEAD' : changed);
}

describe('npm run new', () => {
  it('should lay out a capability that passes every check, with one line in the list', () => {
    using copy = asItStands();
    const run = (command: string, ...words: string[]): string => {
      const { status, stdout, stderr } = spawnSync(command, words, {
        cwd: copy.folder,
        encoding: 'utf8',
        env: { ...process.env, NODE_TEST_CONTEXT: undefined, NO_COLOR: '1' },
      });
      assert.equal(status, 0, `${command} ${words.join(' ')}\n${stdout}\n${stderr}`);
      return stdout;
    };
    const git = (...words: string[]): string =>
      run('git', '-c', 'user.name=A', '-c', 'user.email=a@b.c', ...words);
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'As it stands');

    run('npm', 'run', 'new', '--', 'evidence/verify-bundle');
    const changed = git('status', '--porcelain', '--untracked-files=all').split('\n').slice(0, -1);
    const outside = changed.filter(
      (line) => !line.includes('src/features/evidence/verify-bundle/'),
    );
    assert.deepEqual(outside.sort(), [
      ' M README.md',
      ' M src/capabilities.ts',
      ' M test/documents.test.ts',
      '?? docs/schemas/verify-bundle-1.json',
      '?? docs/verify-bundle.md',
    ]);
    assert.equal(changed.length - outside.length, 8);
    const diff = git('diff', '--numstat', 'src', 'README.md').trim().split('\n');
    assert.deepEqual(diff, ['1\t0\tREADME.md', '1\t0\tsrc/capabilities.ts']);

    run('npm', 'run', 'check');
    const tests = [
      'src/features/evidence/verify-bundle/command.test.ts',
      'test/capabilities.test.ts',
      'src/cli/arguments.test.ts',
      'scripts/schemas.test.ts',
    ];
    run(process.execPath, '--test', ...tests);
    const own = '--test-name-pattern=stand in the tables|tenet evidence verifybundle';
    run(process.execPath, '--test', own, 'test/documents.test.ts');
    const page = readFileSync(join(copy.folder, 'docs/verify-bundle.md'), 'utf8');
    const shown = run(
      process.execPath,
      'bin/tenet.js',
      'evidence',
      'verifybundle',
      'Say little, and well.',
    );
    assert.ok(page.includes(shown), `${page}\n${shown}`);
  });

  it('should take no name that is none, and nothing that is there', () => {
    using copy = asItStands();
    const told = (name: string): string => {
      const words = ['scripts/new.ts', name];
      const ran = spawnSync(process.execPath, words, { cwd: copy.folder, encoding: 'utf8' });
      assert.equal(ran.status, 2);
      return ran.stderr;
    };
    for (const name of ['', 'lint', 'spec/Lint', '../evil/x', 'spec/lint/deep', '/spec/x']) {
      assert.match(told(name), /is no GROUP\/NAME/);
    }
    assert.match(told('spec/lint'), /There is a command 'tenet spec lint' already/);
    rmSync(join(copy.folder, 'README.md'));
    assert.match(told('evidence/x'), /README\.md/);
  });
});
