import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { temporaryFolder, userIn } from '../../../../test/command.ts';
import { lintBaselineSchema, lintRuleSchema } from './schema.ts';

const EXAMPLE = `**Example**: a question

~~~xml
<user>
Is it so?
 </user>
<comparison>
<assistant> <!-- GOOD, for once -->
No.
</assistant>
<assistant> <!-- BAD -->
Yes.
</assistant>
</comparison>
~~~
`;
const SPEC = `# Chapter {#chapter}\n\nWords.\n\n## Be true {#be_true authority=root}\n\nIt should generally be true[^ab12].\n\n${EXAMPLE}`;
const PROMPTS = `Examples for [^ab12] in An old title:\n\n**Example**: b\n\n~~~xml\n<user>\nWhy?\n</user>\n~~~\n`;

test('--fix rewrites the places it says and no other byte, and is done', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  mkdirSync(folder.at('examples'));
  const before = `\ufeff${SPEC.replaceAll('\n', '\r\n')}`;
  writeFileSync(folder.at('spec.md'), before);
  writeFileSync(folder.at('examples', 'ab12.md'), PROMPTS);
  const { code, stdout, stderr } = await user.run('spec', 'lint', 'spec.md', '--fix');
  assert.equal(code, 0, stderr);
  assert.equal(
    readFileSync(folder.at('spec.md'), 'utf8'),
    before.replace(' </user>', '</user>').replace('GOOD, for once', 'GOOD: for once'),
  );
  assert.equal(
    readFileSync(folder.at('examples', 'ab12.md'), 'utf8'),
    PROMPTS.replace('An old title', 'Be true'),
  );
  assert.match(stderr, /^spec\.md: 2 findings put right: S010 in line 14; S014 in line 16$/m);
  assert.match(stderr, /^examples[/\\]ab12\.md: 1 finding put right: S005 in line 1$/m);
  assert.match(stdout, /S022/);
  const again = await user.run('spec', 'lint', 'spec.md', '--fix');
  assert.equal(again.stderr, '');
});

test('a baseline is made where there is none, and overlooks what it holds', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  writeFileSync(folder.at('spec.md'), SPEC);
  const lint = (...flags: string[]) =>
    user.run(
      'spec',
      'lint',
      'spec.md',
      '--profile',
      'strict',
      '--baseline',
      'known.json',
      ...flags,
    );
  assert.equal((await user.run('spec', 'lint', 'spec.md', '--profile', 'strict')).code, 1);
  const first = await lint();
  assert.equal(first.code, 0);
  assert.match(first.stderr, /known\.json: made, with \d findings/);
  const made = lintBaselineSchema.parse(JSON.parse(readFileSync(folder.at('known.json'), 'utf8')));
  const hedge = made.findings.find(({ rule }) => rule === 'S022');
  assert.deepEqual(hedge?.data, { word: 'generally', level: 'root' });
  writeFileSync(folder.at('spec.md'), SPEC.replace('Words.', 'More words.\n\nAnd more.'));
  const second = await lint('--format', 'json');
  assert.equal(second.code, 0, second.stdout);
  assert.equal(second.stderr, '');
  assert.deepEqual(JSON.parse(second.stdout).files[0].findings, []);
  writeFileSync(folder.at('spec.md'), SPEC.replace('Words.', 'TODO.'));
  const third = await lint('--format', 'github');
  assert.equal(third.code, 1);
  assert.match(third.stdout, /^::error file=spec\.md,line=3,.*title=Tenet S044::/);
  writeFileSync(folder.at('known.json'), '[]');
  const broken = await lint();
  assert.equal(broken.code, 2);
  assert.match(broken.stderr, /--baseline known\.json: this is no baseline/);
});

test('a rule is explained, in words and as data', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  const { code, stdout } = await user.run('spec', 'lint', '--explain', 's035');
  assert.equal(code, 0);
  assert.match(stdout, /^S035 example that gives an eval prompt away\nSeverity: warning\n/);
  assert.match(stdout, /^ {2}examples\/ab12\.md\n {4}Examples for/m);
  const json = await user.run('spec', 'lint', '--explain', 'S022', '--json');
  assert.deepEqual(lintRuleSchema.parse(JSON.parse(json.stdout)).severityByLevel, {
    fixed: 'warning',
    default: 'information',
  });
});

test('--fix leaves a folder of instructions to its files', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  mkdirSync(folder.at('rules'));
  const text = '# Rules\n\nYou must answer the the question.\n';
  writeFileSync(folder.at('rules', 'AGENTS.md'), text);
  const whole = await user.run('spec', 'lint', 'rules', '--fix');
  assert.equal(whole.code, 2);
  assert.match(whole.stderr, /--fix rules: this is a folder, and files are put right one by one/);
  assert.equal(readFileSync(folder.at('rules', 'AGENTS.md'), 'utf8'), text);
  const single = await user.run('spec', 'lint', 'rules/AGENTS.md', '--fix');
  assert.match(single.stderr, /^rules[/\\]AGENTS\.md: 1 finding put right: S047 in line 3$/m);
});

test('what cannot be done is said, with exit code 2', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  writeFileSync(folder.at('spec.md'), SPEC);
  const cases: [string[], RegExp][] = [
    [['nowhere.md'], /nowhere\.md: there is no such file/],
    [
      ['spec.md', '--rule', 'S024=loud'],
      /--rule S024=loud: write the rule and one of off, information/,
    ],
    [['spec.md', '--rule', 'S924=off'], /--rule: there is no rule S924/],
    [['--explain', 'S924'], /--explain: there is no rule S924/],
    [[], /Name a spec/],
    [['-', '--fix'], /--fix: what comes from standard input is in no file to put right/],
    [['spec.md', '--baseline', '.'], /--baseline \.: can't be read: /],
    [['spec.md', '--baseline', 'no/where.json'], /--baseline no\/where\.json: can't be written: /],
  ];
  for (const [args, expected] of cases) {
    const { code, stdout, stderr } = await user.run('spec', 'lint', ...args);
    assert.equal(code, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, expected);
  }
});
