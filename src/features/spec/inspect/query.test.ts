import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder, userIn } from '../../../../test/command.ts';

const starter = join(import.meta.dirname, '../../../../specs/starter/spec.md');

test('a query lists clauses with what they hold', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  const query = (...args: string[]) => user.run('spec', 'query', starter, ...args);
  const { stdout } = await query('level>=system and tag:agents', '--json');
  const { schema, clauses } = JSON.parse(stdout);
  assert.equal(schema, 'tenet.spec-query/1');
  assert.deepEqual(
    clauses.map(({ id, level }: Record<string, unknown>) => `${id} ${level}`),
    ['act_within_task root', 'ask_before_irreversible system'],
  );
  assert.ok(clauses.every(({ line, examples }: Record<string, number>) => line && examples));
  const table = await query('not has:example');
  assert.match(table.stdout, /^0 clauses of \d+ in starter@2026-11-01: not has:example\n$/);
  const wrong = await query('level:king');
  assert.deepEqual([wrong.code, wrong.stdout], [2, '']);
  assert.match(wrong.stderr, /<query>:1:7: There is no level "king"/);
});
