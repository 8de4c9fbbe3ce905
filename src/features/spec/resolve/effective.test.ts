import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { temporaryFolder, userIn } from '../../../../test/command.ts';
import { effectiveSchema, profileDifferenceSchema } from './profile/effective-schema.ts';

const PROFILE = 'profile: 1\nid: p\nspec: { id: spec }\nby: developer\n';

test('a profile that changes nothing prints the spec byte for byte, last line end or not', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  writeFileSync(folder.at('p.yaml'), PROFILE);
  for (const end of ['', '\n', '\r\n', '\n\n']) {
    const text = `# A {#a authority=root}\n\nText.${end}`;
    writeFileSync(folder.at('spec.md'), text);
    const { stdout, stderr } = await user.run(
      'spec',
      'effective',
      'spec.md',
      '--profile',
      'p.yaml',
    );
    assert.equal(stdout, text);
    assert.equal(stderr, 'Profile p: 0 changes\n');
  }
});

test('each form by its flag: a prompt with its tokens, JSON by --as and by --json, a difference', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  writeFileSync(
    folder.at('spec.md'),
    '## A {#a authority=user}\n\nText.\n\n## B {#b authority=root}\n\nB.\n',
  );
  writeFileSync(folder.at('p.yaml'), `${PROFILE}disable:\n  a: { reason: r }\n`);
  writeFileSync(folder.at('q.yaml'), PROFILE);
  const command = ['spec', 'effective', 'spec.md', '--profile', 'p.yaml'];
  const prompt = await user.run(...command, '--as', 'prompt', '--tokens', '300');
  assert.match(prompt.stdout, /^You act under the behaviour specification spec/);
  assert.match(
    prompt.stderr,
    /^Profile p: 1 change\n {2}disable #a \(developer\): r\nAbout \d+ tokens\.\n$/,
  );
  const [asked, flagged] = [
    await user.run(...command, '--as', 'json'),
    await user.run(...command, '--json'),
  ];
  assert.deepEqual([asked.stdout, asked.stderr], [flagged.stdout, '']);
  const { changes } = effectiveSchema.parse(JSON.parse(asked.stdout));
  assert.deepEqual(
    changes.map(({ id, action }) => `${action} ${id}`),
    ['disable a'],
  );
  const against = [...command, '--against', 'q.yaml'];
  assert.match(
    (await user.run(...against)).stdout,
    /^spec: p\.yaml against q\.yaml\n\n#a A\n {2}p\.yaml: not in force/,
  );
  const difference = await user.run(...against, '--as', 'json');
  const { clauses } = profileDifferenceSchema.parse(JSON.parse(difference.stdout));
  assert.deepEqual(
    clauses.map(({ id, second }) => `${id} ${second.state}`),
    ['a as_written'],
  );
});
