import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { temporaryFolder, userIn } from '../../../../test/command.ts';
import { startOpenai } from '../../../../test/servers/openai.ts';
import { type Alignment, alignmentSchema } from './schema.ts';

const FIRST =
  '## Do not flatter {#flatter authority=user}\n\nPraise only what is good.\n\n## Weapons {#weapons authority=root}\n\nNever help with weapons.\n';
const SECOND =
  '## No empty praise {#praise authority=user}\n\nPraise without reason is flattery; some is good.\n\n## Arms {#arms authority=root}\n\nRefuse to build weapons.\n';

test('--judge: says the number of calls first, records them, and asks nothing twice', async (t) => {
  using folder = temporaryFolder();
  writeFileSync(folder.at('one.md'), FIRST);
  writeFileSync(folder.at('two.md'), SECOND);
  let calls = 0;
  const server = await startOpenai({
    behaviour: ({ messages }) => {
      calls++;
      const about = messages[1]?.content ?? '';
      return about.includes('Weapons')
        ? JSON.stringify({ reason: 'Both are about arms.', relation: 'narrower' })
        : 'I would rather not say.';
    },
  });
  t.after(() => server.close());
  const user = userIn(folder.path, { TEST_KEY: 'secret-of-the-test' });
  const model = `openai:gpt-5?base=${server.base}&key=TEST_KEY&attempts=1`;
  const command = ['spec', 'align', 'one.md', 'two.md', '--judge', model, '--format', 'json'];
  const ran = await user.run(...command);
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /will be asked about \d+ pairs? that words leave open: \d+ calls?/);
  const alignment: Alignment = alignmentSchema.parse(JSON.parse(ran.stdout));
  assert.equal(alignment.schema, 'tenet.alignment/1');
  const arms = alignment.pairs.find(({ second }) => second.id === 'arms');
  assert.deepEqual(arms?.judgement, { reason: 'Both are about arms.', relation: 'narrower' });
  assert.ok((alignment.judge?.asked ?? 0) > 0);
  assert.ok(existsSync(folder.at('.tenet', 'ledger.db')));
  const before = calls;
  assert.equal((await user.run(...command)).stdout, ran.stdout);
  assert.equal(calls, before);
});

test('Ctrl-C ends the asking: nothing is printed, and how to go on is said', async () => {
  using folder = temporaryFolder();
  writeFileSync(folder.at('one.md'), FIRST);
  writeFileSync(folder.at('two.md'), SECOND);
  const asked = Promise.withResolvers<void>();
  await using server = await startOpenai({
    behaviour: async () => {
      asked.resolve();
      return new Promise<string>(() => {});
    },
  });
  const user = userIn(folder.path, { TEST_KEY: 'secret-of-the-test' });
  const model = `openai:gpt-5?base=${server.base}&key=TEST_KEY`;
  const { child, ended } = user.start('spec', 'align', 'one.md', 'two.md', '--judge', model);
  await asked.promise;
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  assert.deepEqual([code, stdout], [130, '']);
  assert.match(stderr, /^Stopped\. The same command goes on from the answers/m);
});
