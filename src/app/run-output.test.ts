import assert from 'node:assert/strict';
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
