import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder, userIn } from '../../../../test/command.ts';

const starter = join(import.meta.dirname, '../../../../specs/starter/spec.md');

test('a suite is drawn from the clauses asked for, and the same again', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  const draw = async (...args: string[]): Promise<{ text: string; said: string }> => {
    const { code, stdout, stderr } = await user.run('suite', 'draw', starter, ...args);
    assert.equal(code, 0, stderr);
    return { text: stdout, said: stderr };
  };
  const all = await draw();
  const scenarios = all.text.trimEnd().split('\n');
  assert.match(all.said, new RegExp(`^${scenarios.length} scenarios`, 'm'));
  const few = await draw('--limit', '5', '--seed', '7');
  assert.match(few.said, /^5 scenarios/m);
  assert.equal(few.text, (await draw('--limit', '5', '--seed', '7')).text);
  assert.notEqual(few.text, (await draw('--limit', '5', '--seed', '8')).text);
  const agents = await draw('--clauses', 'tag:agents');
  const [of = '', whole = ''] = [agents.said, all.said].map((said) => /^\d+/.exec(said)?.[0]);
  assert.ok(Number(of) > 0 && Number(of) < Number(whole));

  // A script is told of what it is made.
  const told = await draw('--limit', '5', '--seed', '7', '--json');
  const { count, clauses, ...document } = JSON.parse(told.text);
  assert.deepEqual([document.schema, count], ['tenet.suite-draw/1', 5]);
  assert.deepEqual(
    document.scenarios,
    few.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
  const tested = document.scenarios.flatMap((scenario: { clauses: string[] }) => scenario.clauses);
  assert.deepEqual(
    Object.fromEntries(
      clauses.map((one: { id: string; scenarios: number }) => [one.id, one.scenarios]),
    ),
    Object.fromEntries([...Map.groupBy(tested, (id) => id)].map(([id, each]) => [id, each.length])),
  );

  // What is drawn is what an audit asks.
  writeFileSync(folder.at('few.jsonl'), few.text);
  const plan = ['--suite', 'few.jsonl', '--spec', starter, '--subject', 'sim:subject'];
  const judge = ['--judge', 'sim:judge', '--dry-run', '--json'];
  const { code, stdout, stderr } = await user.run('audit', ...plan, ...judge);
  assert.equal(code, 0, stderr);
  assert.equal(JSON.parse(stdout).samples, 5);
});

test('a suite of no clause is refused, with what to do', async () => {
  using folder = temporaryFolder();
  const args = ['suite', 'draw', starter, '--clauses', 'tag:no_such_tag'];
  const { code, stdout, stderr } = await userIn(folder.path).run(...args);
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(stderr, /^tenet: .*no_such_tag/m);
});
