import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type Folder,
  listing,
  temporaryFolder,
  type User,
  userIn,
} from '../../../../test/command.ts';

const starter = join(import.meta.dirname, '../../../../specs/starter/spec.md');

describe('a spec looked into', () => {
  let folder: Folder;
  let user: User;

  before(() => {
    folder = temporaryFolder();
    user = userIn(folder.path);
  });
  after(() => folder[Symbol.dispose]());

  /** The document of a command that must succeed. */
  const json = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { code, stdout, stderr } = await user.run(...args, '--json');
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout);
  };

  it('should be counted the same as it is shown', async () => {
    const stats = await json('spec', 'stats', starter);
    const spec = await json('spec', 'show', starter);
    assert.equal(stats.schema, 'tenet.spec-stats/1');
    assert.equal(spec.schema, 'tenet.spec/1');
    assert.equal(spec.text, undefined);
    const { total } = stats.headings as { total: number };
    const shown = spec.sections as { id: string; isClause: boolean }[];
    assert.equal(shown.length, total);
    const { stdout: outline } = await user.run('spec', 'show', starter);
    for (const { id, isClause } of shown) {
      if (isClause) assert.ok(outline.includes(`#${id}`), id);
    }
    const { stdout: counted } = await user.run('spec', 'stats', starter);
    assert.match(counted, new RegExp(`\\b${total}\\b`));
  });

  it('should show one clause as a judge is given it, and name those that are near a wrong name', async () => {
    const clause = await json('spec', 'show', starter, '#do_not_flatter');
    assert.equal(clause.schema, 'tenet.clause/1');
    assert.ok(readFileSync(starter, 'utf8').includes(String(clause.title)));
    const { stdout } = await user.run('spec', 'show', starter, 'do_not_flatter');
    assert.match(stdout, /#do_not_flatter/);
    const wrong = await user.run('spec', 'show', starter, 'do_not_flater');
    assert.deepEqual([wrong.code, wrong.stdout], [2, '']);
    assert.match(wrong.stderr, /there is no clause #do_not_flater\. Is it #do_not_flatter/);
    const other = await user.run('spec', 'show', starter, 'zzzzzzzzzz');
    assert.match(other.stderr, /'tenet spec show .*' lists them/);
  });

  it('should carry all into each form that can hold it, and say what others lose', async () => {
    for (const form of ['tenet', 'json', 'jsonl', 'yaml', 'speceval']) {
      const { code, stdout, stderr } = await user.run('spec', 'convert', starter, '--to', form);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /Everything was carried over\.|Not carried over: /, form);
      writeFileSync(folder.at(form), stdout);
    }
    const { headings: again } = await json('spec', 'stats', folder.at('tenet'));
    const { headings } = await json('spec', 'stats', starter);
    assert.deepEqual(again, headings);
    const { text, sha256, ...told } = await json('spec', 'convert', starter, '--to', 'speceval');
    assert.equal(text, readFileSync(folder.at('speceval'), 'utf8'));
    assert.equal(sha256, hash('sha256', String(text)));
    assert.partialDeepStrictEqual(told, { from: 'tenet', to: 'speceval' });
    const losses = told.losses as { code: string; count: number }[];
    assert.ok(losses.some(({ code, count }) => code === 'commentary' && count > 0));
    const none = await user.run('spec', 'convert', starter, '--to', 'verse');
    assert.deepEqual([none.code, none.stdout], [2, '']);
    assert.match(none.stderr, /--to: .verse. is invalid\. Allowed choices are .*tenet.*speceval/);
  });

  it('should be begun in a folder, which is audited as it stands, and never written over unasked', async () => {
    const begun = await user.run('init', 'mine', '--name', 'kind-machine');
    assert.equal(begun.code, 0, begun.stderr);
    assert.match(begun.stdout, /mine\/spec\.md/);
    assert.match(begun.stderr, /cd mine/);
    const spec = await json('spec', 'show', 'mine/spec.md');
    assert.deepEqual([spec.id, spec.title], ['kind-machine', 'Kind machine']);
    const plan = await userIn(folder.at('mine')).run(
      'audit',
      '--dry-run',
      '--limit',
      '3',
      '--json',
    );
    assert.equal(plan.code, 0, plan.stderr);
    assert.equal(JSON.parse(plan.stdout).samples, 3);
    writeFileSync(folder.at('mine', 'spec.md'), 'changed');
    const held = listing(folder.at('mine'));
    const again = await user.run('init', 'mine');
    assert.equal(again.code, 2);
    assert.match(again.stderr, /mine: these files are there already: .*spec\.md.* --force/s);
    assert.deepEqual(listing(folder.at('mine')), held);
    assert.equal((await user.run('init', 'mine', '--force')).code, 0);
    assert.notDeepEqual(listing(folder.at('mine')), held);
  });

  it('should be begun with a list of what was written', async () => {
    const begun = await json('init', 'told', '--name', 'told');
    assert.deepEqual((begun.spec as { id: string }).id, 'told');
    const files = begun.files as { path: string; bytes: number; sha256: string }[];
    assert.equal(files[0]?.path, 'spec.md');
    const there = Object.entries(listing(folder.at('told'))).filter(([, is]) => is !== 'folder');
    assert.deepEqual(files.map(({ path, sha256 }) => [path, sha256]).sort(), there.sort());
    assert.equal(files[0]?.bytes, readFileSync(folder.at('told', 'spec.md')).length);
  });

  it('should not be begun under a name that is none, nor where a file is', async () => {
    const name = await user.run('init', 'other', '--name', 'A Name!');
    assert.equal(name.code, 2);
    assert.match(name.stderr, /--name.*"A Name!" is no id of a spec.*"a-name" would be one/);
    writeFileSync(folder.at('file'), '');
    const file = await user.run('init', 'file/in');
    assert.equal(file.code, 2);
    assert.match(file.stderr, /file\/in: can't be written to/);
  });

  it('should say where a query is wrong, however long it is', async () => {
    const long = `${'tag:agents or '.repeat(40)}level:king`;
    const { code, stderr } = await user.run('spec', 'query', starter, long);
    assert.equal(code, 2);
    assert.match(stderr, /<query>:1:\d+: There is no level "king"/);
    const [, excerpt = '', caret = ''] = stderr.split('\n');
    assert.ok(excerpt.length < 80 && caret.trim() === '^');
  });
});
