import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { NO_NETWORK, temporaryFolder, userIn } from '../../test/command.ts';

describe('a run in which no subject gave a reply', () => {
  it('should have its report, say so, and exit with 2: too little to say anything', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const args = ['--subject', 'sim:subject?faults=1', '--judge', 'sim:judge', '--limit', '2'];
    for (const more of [[], ['--offline'], ['--resume']]) {
      const { code, stdout, stderr } = await user.run('audit', ...args, ...more, '--json');
      assert.equal(code, 2, more.join());
      const { accounting, run } = JSON.parse(stdout);
      assert.partialDeepStrictEqual(accounting.samples, {
        planned: 2,
        replied: 0,
        refused: 1,
        filtered: 1,
      });
      assert.match(stderr, new RegExp(`^tenet: No subject gave a reply in run ${run.id}`, 'm'));
    }
    const answered = ['--subject', 'sim:subject?violates=1', ...args];
    assert.equal((await user.run('audit', ...answered, '--json')).code, 0);
  });
});

describe('a run in which no judge decided anything', () => {
  it('should have its report, say where to look, and exit with 2', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const { code, stdout, stderr } = await user.run(
      ...['audit', '--judge', 'sim:judge?abstain=1', '--limit', '2', '--json'],
    );
    assert.equal(code, 2, stderr);
    const { accounting, run } = JSON.parse(stdout);
    assert.equal(accounting.samples.replied, accounting.samples.planned);
    assert.match(stderr, new RegExp(`run ${run.id}, so that it .*'tenet show ${run.id} t1'`));
  });
});

describe('an audit whose judge is a function', () => {
  it('should not say that nobody was asked where the function was', async () => {
    using folder = temporaryFolder();
    writeFileSync(
      folder.at('tenet.config.ts'),
      `import { defineConfig, defineJudge } from 'tenet';
       const rule = defineJudge({ name: 'rule', version: '1', judge: async () => ({ outcome: 'adheres', reason: 'so' }) });
       export default defineConfig({ judges: [rule], judge: 'rule', subject: 'sim:subject', limit: 2 });\n`,
    );
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    assert.equal((await user.run('audit')).code, 0);
    const again = await user.run('audit');
    assert.equal(again.code, 0);
    assert.doesNotMatch(again.stderr, /nobody was asked/);
  });
});
