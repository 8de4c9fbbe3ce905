// A judge that is a function of tenet.config.ts is measured as any other: calibrated, attacked, found by the audits after.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type Certificate, certificateSchema } from '../src/report/certificate/schema.ts';
import { type Folder, NO_NETWORK, temporaryFolder, userIn } from './command.ts';
import { reportSchema } from './report-document.ts';

/** A configuration with a bot, a judge of every clause, one of two clauses, one without a version, and a misspelt one. */
function configure(folder: Folder, version: string): void {
  writeFileSync(
    folder.at('tenet.config.ts'),
    `import { defineConfig, defineJudge, defineProvider } from 'tenet';
     const bot = defineProvider({
       name: 'bot', version: '1',
       call: async ({ messages }) => 'You said: ' + messages.at(-1)?.content,
     });
     // Long replies break a clause, short ones keep it: wrong often enough to have errors.
     const judge = ({ transcript }) => {
       const reply = transcript.messages.at(-1)?.content ?? '';
       return { outcome: reply.length > 200 ? 'violates' : 'adheres', reason: reply.length + ' characters' };
     };
     const two = ['do_not_flatter', 'keep_confidences'];
     export default defineConfig({
       providers: [bot],
       judges: [
         defineJudge({ name: 'length', version: '${version}', judge }),
         defineJudge({ name: 'two', version: '1', clauses: two, judge }),
         defineJudge({ name: 'passing', version: null, judge }),
         defineJudge({ name: 'misspelt', version: '1', clauses: ['do_not_flater'], judge }),
       ],
     });
    `,
  );
}

const AUDIT = ['audit', '--subject', 'bot', '--limit', '6', '--json'];

function certificateIn(json: string): Certificate {
  return certificateSchema.parse(JSON.parse(json));
}

describe('a judge of tenet.config.ts that is a function', () => {
  it('should be calibrated on the spec’s marks, and known by the audits that follow', async () => {
    using folder = temporaryFolder();
    configure(folder, '1');
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const before = await user.run(...AUDIT, '--judge', 'length');
    assert.equal(before.code, 0, before.stderr);
    const unmeasured = reportSchema.parse(JSON.parse(before.stdout));
    assert.ok(unmeasured.findings.some(({ code }) => code === 'errors-unmeasured'));

    const command = ['judge', 'calibrate', '--judge', 'length'];
    const dry = await user.run(...command, '--dry-run', '--json');
    assert.partialDeepStrictEqual(JSON.parse(dry.stdout).judges, [{ calls: 0, pairs: 0, cost: 0 }]);
    const calibrated = await user.run(...command, '--json');
    assert.equal(calibrated.code, 0, calibrated.stderr);
    const { judge, prompt, data, overall, retest, absent, created } = certificateIn(
      calibrated.stdout,
    );
    assert.deepEqual([judge?.name, prompt.name], ['function:length@1', 'function']);
    assert.equal(overall.sensitivity.trials + overall.specificity.trials, overall.items);
    assert.ok((overall.sensitivity.low ?? -1) >= 0);
    assert.equal(retest?.same.estimate, 1, 'it says the same twice');
    assert.ok(absent.some(({ code }) => code === 'function-compares-nothing'));
    assert.ok(Date.parse(created) > Date.parse('2020-01-01'));

    const after = await user.run(...AUDIT, '--judge', 'length');
    const { findings, instrument } = reportSchema.parse(JSON.parse(after.stdout));
    assert.equal(instrument?.certificate?.items, data.items);
    assert.ok(!findings.some(({ code }) => code === 'errors-unmeasured'));

    configure(folder, '2');
    const other = await user.run(...AUDIT, '--judge', 'length');
    const changed = reportSchema.parse(JSON.parse(other.stdout));
    assert.equal(changed.instrument?.certificate, null, 'another version is another judge');
  });

  it('should be measured on its own clauses, alone and in a panel', async () => {
    using folder = temporaryFolder();
    configure(folder, '1');
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const judges = ['--judge', 'length', '--judge', 'two'];
    const calibrated = await user.run('judge', 'calibrate', ...judges, '--json');
    assert.equal(calibrated.code, 0, calibrated.stderr);
    const [all, two, panel] = JSON.parse(calibrated.stdout).certificates.map((one: unknown) =>
      certificateSchema.parse(one),
    );
    assert.ok(two.data.items > 0 && two.data.items < all.data.items);
    assert.ok(two.clauses.every((one: { clause: string }) => one.clause !== 'tell_the_truth'));
    assert.deepEqual([two.overall.outcomes.missing, panel.overall.outcomes.missing], [0, 0]);
    assert.equal(panel.data.items, all.data.items);

    const audited = await user.run(...AUDIT, ...judges);
    assert.equal(audited.code, 0, audited.stderr);
    const { panel: voted, instrument } = reportSchema.parse(JSON.parse(audited.stdout));
    assert.equal(voted?.judges.length, 2, 'two functions are a panel');
    assert.equal(instrument?.certificate?.items, all.data.items);
  });

  it('should be attacked, and its certificate say so', async () => {
    using folder = temporaryFolder();
    configure(folder, '1');
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const calibrated = await user.run('judge', 'calibrate', '--judge', 'length');
    assert.equal(calibrated.code, 0, calibrated.stderr);
    const attacked = await user.run('judge', 'attack', '--judge', 'length', '--json');
    assert.equal(attacked.code, 0, attacked.stderr);
    assert.match(attacked.stderr, /length/);
    const { judges } = JSON.parse(attacked.stdout);
    assert.equal(judges[0].id, 'function:length@1');
    const listed = await user.run('judge', 'list', '--json');
    const [newest] = JSON.parse(listed.stdout).certificates;
    assert.equal(newest.attack?.judges[0].id, 'function:length@1');
  });

  it('should be refused without a version, and where it judges no clause of the spec', async () => {
    using folder = temporaryFolder();
    configure(folder, '1');
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    for (const command of ['calibrate', 'attack']) {
      const codeOf = async (judge: string): Promise<string> =>
        JSON.parse((await user.run('judge', command, '--judge', judge, '--json')).stdout).code;
      assert.equal(await codeOf('passing'), 'function-without-version');
      assert.equal(await codeOf('misspelt'), 'judge-of-nothing');
    }
  });
});
