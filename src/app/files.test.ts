// What a user may name instead of a file, and what is said where it is none.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { TENET, temporaryFolder, userIn } from '../../test/command.ts';

const SPEC = `# Chapter {#chapter}

## Be true {#be_true authority=root}

It should generally be true.
`;

/** Runs `tenet` with something on its standard input. */
function piped(cwd: string, input: string, ...args: string[]) {
  const { PATH = '' } = process.env;
  return spawnSync(process.execPath, [TENET, ...args], {
    cwd,
    input,
    env: { PATH, HOME: cwd },
    encoding: 'utf8',
  });
}

test('a folder is answered with the Markdown that is in it', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  mkdirSync(folder.at('specs'));
  const none = await user.run('spec', 'show', 'specs');
  assert.equal(none.code, 2);
  assert.match(none.stderr, /specs: this is a folder, with no \.md file in it\./);
  for (const name of ['d.md', 'b.md', 'a.md', 'c.md', 'notes.txt']) {
    writeFileSync(folder.at('specs', name), SPEC);
  }
  const some = await user.run('spec', 'show', 'specs');
  assert.match(
    some.stderr,
    /Name the file in it: specs.a\.md, specs.b\.md, specs.c\.md or one of 1 more\./,
  );
});

test('- is standard input', () => {
  using folder = temporaryFolder();
  const linted = piped(folder.path, SPEC, 'spec', 'lint', '-');
  assert.equal(linted.stderr, '');
  assert.match(linted.stdout, /<stdin>/);
  const shown = piped(folder.path, SPEC, 'spec', 'show', '-', 'be_true');
  assert.equal(shown.status, 0);
  assert.match(shown.stdout, /Be true/);
  const compared = piped(folder.path, SPEC, 'spec', 'diff', '-', '-');
  assert.equal(compared.status, 0, compared.stderr);
  const empty = piped(folder.path, '', 'spec', 'show', '-');
  assert.equal(empty.status, 2);
  assert.match(empty.stderr, /<stdin>:1:1: there is no clause/);
  const fixed = piped(folder.path, SPEC, 'spec', 'lint', '--fix', '-');
  assert.equal(fixed.status, 2);
  assert.match(fixed.stderr, /--fix: .*standard input/);
});

test('audit and suite draw read a spec as --dialect says, and a stored plan again so', () => {
  using folder = temporaryFolder();
  // Nothing in it shows that its items are rules, so it has no clause unless somebody says so.
  writeFileSync(folder.at('list.md'), 'Some words.\n\n- Be kind.\n');
  writeFileSync(folder.at('own.csv'), 'clause,prompt\nbe_kind,Who are you?\n');
  const read = ['--dialect', 'rules'];
  const shown = piped(folder.path, '', 'spec', 'show', 'list.md', ...read);
  assert.match(shown.stdout, /be_kind/);
  const own = ['--suite', 'own.csv', '--ledger', 'l.db'];
  const flags = ['audit', '--spec', 'list.md', '--subject', 'sim:subject', ...own];
  assert.match(piped(folder.path, '', ...flags).stderr, /there is no clause in this file/);
  const audited = piped(folder.path, '', ...flags, ...read);
  assert.equal(audited.status, 0, audited.stderr);
  const [run] = JSON.parse(
    piped(folder.path, '', 'runs', '--json', '--ledger', 'l.db').stdout,
  ).runs;
  const again = piped(folder.path, '', 'audit', '--resume', run.id, '--ledger', 'l.db', '--json');
  assert.equal(again.status, 0, again.stderr);
  assert.match(again.stdout, /be_kind/);
  const wrong = piped(folder.path, '', 'suite', 'draw', 'list.md', '--dialect', 'verse');
  assert.match(wrong.stderr, /--dialect: there is no dialect "verse"/);
  const drawn = piped(folder.path, '', 'suite', 'draw', 'list.md', ...read);
  assert.match(drawn.stderr, /no example and no eval prompt to draw/);
});
