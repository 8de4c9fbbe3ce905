import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { TENET, temporaryFolder, userIn } from '../../../../test/command.ts';
import { readSpec } from '../../../spec/index.ts';
import { applyDiff } from './index.ts';
import { specDiffSchema } from './schema.ts';

const example = (title: string): string =>
  `**Example**: ${title}\n\n~~~xml\n<user>\nWhat of ${title}?\n</user>\n<comparison>\n<assistant> <!-- GOOD -->\nYes\n</assistant>\n<assistant> <!-- BAD -->\nNo\n</assistant>\n</comparison>\n~~~\n`;
const clause = (id: string, text: string): string =>
  `## On ${id} {#${id} authority=user}\n\n${text}\n\n${example(id)}\n`;
const OLDER = `# All {#all}\n\n${clause('brief', 'It should answer briefly.')}${clause('kind', 'It should be kind to everybody who asks.')}`;
const NEWER = OLDER.replace('should answer', 'must never answer');

test('what changed, in every form', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  writeFileSync(folder.at('old.md'), OLDER);
  writeFileSync(folder.at('new.md'), NEWER);
  const diff = (...flags: string[]) => user.run('spec', 'diff', 'old.md', 'new.md', ...flags);

  const text = await diff();
  assert.equal(text.code, 0, text.stderr);
  assert.match(text.stdout, /^1 change: 1 normative, 0 clarifying, 0 editorial$/m);
  assert.match(text.stdout, /^ {4}~ It \[-should-\]\{\+must\+\} \{\+never \+\}answer briefly\.$/m);
  const markdown = await diff('--format', 'markdown');
  assert.match(
    markdown.stdout,
    /^ {2}\\~ It <del>should<\/del><ins>must<\/ins> <ins>never<\/ins> answer/m,
  );
  const html = await diff('--format', 'html');
  assert.match(html.stdout, /^<!doctype html>[\s\S]*<ins>must<\/ins> <ins>never <\/ins>answer/);
  const changelog = await diff('--changelog');
  assert.match(
    changelog.stdout,
    /^### Changed duties\n\n- \*\*On brief\*\* \(`#brief`\): it says/m,
  );

  const json = await diff('--json');
  assert.equal(json.stdout, (await diff('--format', 'json')).stdout);
  const document = specDiffSchema.parse(JSON.parse(json.stdout));
  assert.deepEqual(document.changes[0]?.reasons, [
    { code: 'binding', data: { lost: ['should'], gained: ['must', 'never'] } },
  ]);
  const older = readSpec({ file: 'old.md', bytes: readFileSync(folder.at('old.md')) });
  assert.equal(applyDiff(older, document), NEWER);
});

test('what is left of past runs, and how to run the rest again', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  writeFileSync(folder.at('spec.md'), OLDER);
  writeFileSync(folder.at('new.md'), NEWER);
  const audit = await user.run('audit', '--spec', 'spec.md', '--ledger', 'l.db', '--repeats', '2');
  assert.equal(audit.code, 0, audit.stderr);
  const flags = ['--runs', '--ledger', 'l.db'];
  const { code, stdout, stderr } = await user.run('spec', 'diff', 'spec.md', 'new.md', ...flags);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^ {2}\w+ {2}SIMULATED spec@[0-9a-f]{12}, \d{4}-/m);
  assert.match(stdout, /^ {4}4 of 8 verdicts still stand, 4 are stale$/m);
  assert.match(stdout, /^ {4}Run again: 1 clause, 1 scenario \(brief#1\), 4 samples:$/m);
  assert.match(stdout, /^ {8}--clauses brief \\$/m);

  const json = await user.run('spec', 'diff', 'spec.md', 'new.md', ...flags, '--json');
  const [run] = specDiffSchema.parse(JSON.parse(json.stdout)).runs ?? [];
  assert.ok(run?.command);
  assert.deepEqual(
    run.clauses.map(({ id, standing, reasons }) => [id, standing, reasons[0]?.code]),
    [
      ['brief', 'normative', 'binding'],
      ['kind', 'same', 'same'],
    ],
  );
  // The command is one that works.
  const words = run.command.replaceAll('\\\n', ' ').match(/'[^']*'|\S+/g) ?? [];
  const again = words.slice(1).map((word) => word.replaceAll("'", ''));
  const rerun = await user.run(...again, '--dry-run', '--json');
  assert.equal(rerun.code, 0, rerun.stderr);
  assert.equal(JSON.parse(rerun.stdout).samples, 4);

  const other = await user.run('spec', 'diff', 'new.md', 'new.md', ...flags);
  assert.match(other.stdout, /The ledger has no run of this spec\.$/m);
});

test('a pipe has the name of the file it is compared with', () => {
  using folder = temporaryFolder();
  writeFileSync(folder.at('old.md'), OLDER);
  const headline = (...sides: string[]): string => {
    const command = `exec "$0" "${TENET}" spec diff ${sides.join(' ')}`;
    const printed = execFileSync('bash', ['-c', command, process.execPath], { cwd: folder.path });
    return printed.toString().split('\n')[0] ?? '';
  };
  const pipe = '<(cat old.md; echo; echo More.)';
  assert.match(headline('old.md', pipe), /^old@\w+ → old@\w+$/);
  assert.match(headline(pipe, 'old.md'), /^old@\w+ → old@\w+$/);
});

test('what cannot be done is said, with exit code 2', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  writeFileSync(folder.at('old.md'), OLDER);
  const cases: [string[], RegExp][] = [
    [['old.md', 'old.md', '--changelog', '--format', 'html'], /leave out --format html, or/],
    [['old.md', 'old.md', '--changelog', '--json'], /leave out --json, or leave out --changelog/],
    [['old.md', 'old.md', '--runs'], /ledger\.db/],
    [['old.md', 'nowhere.md'], /nowhere\.md: there is no such file/],
    [['old.md'], /missing required argument 'new'/],
  ];
  for (const [args, expected] of cases) {
    const { code, stderr } = await user.run('spec', 'diff', ...args);
    assert.equal(code, 2, stderr);
    assert.match(stderr, expected);
  }
});
