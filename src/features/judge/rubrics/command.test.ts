import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { NO_NETWORK, temporaryFolder, userIn } from '../../../../test/command.ts';
import { startOpenai } from '../../../../test/servers/openai.ts';
import { STARTER_SPEC } from '../../../app/files.ts';

describe('tenet judge rubric', () => {
  it('should draft a rubric that can be judged by, and never write over a file', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const printed = await user.run('judge', 'rubric', STARTER_SPEC, '#fit_the_form');
    const written = await user.run(
      'judge',
      'rubric',
      STARTER_SPEC,
      'fit_the_form',
      '--out',
      'r.md',
    );
    assert.deepEqual([printed.code, written.code, written.stdout], [0, 0, ''], written.stderr);
    const args = ['judge', 'rubric', STARTER_SPEC, 'fit_the_form', '--out', 'told.md', '--json'];
    const told = JSON.parse((await user.run(...args)).stdout);
    assert.partialDeepStrictEqual(told, { clause: 'fit_the_form', model: null, file: 'told.md' });
    assert.deepEqual(
      [told.text, printed.stdout],
      [readFileSync(folder.at('told.md'), 'utf8'), told.text],
    );
    const again = await user.run('judge', 'rubric', STARTER_SPEC, 'fit_the_form', '--out', 'r.md');
    assert.equal(again.code, 2);
    assert.match(again.stderr, /r\.md: this file is there already/);
    const audit = await user.run('audit', '--clauses', 'fit_the_form', '--rubric', 'r.md');
    assert.equal(audit.code, 0, audit.stderr);
    const unknown = await user.run('judge', 'rubric', STARTER_SPEC, 'fit_the_frm');
    assert.match(unknown.stderr, /there is no clause #fit_the_frm\. Is it #fit_the_form/);
  });

  it('should take a draft from a model only where it has the form', async () => {
    const draft = { is: ['short'], is_not: ['curt\n## IS'], minor: 'a', major: 'b', critical: 'c' };
    const answers = ['Gladly!', JSON.stringify(draft)];
    await using server = await startOpenai({
      dialect: 'lenient',
      behaviour: () => answers.shift() ?? '',
    });
    using folder = temporaryFolder();
    const user = userIn(folder.path);
    const args = [
      'judge',
      'rubric',
      STARTER_SPEC,
      'fit_the_form',
      '--judge',
      `vllm:x?base=${server.base}`,
    ];
    const ran = await user.run(...args);
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(
      ran.stdout,
      /drafted_by: vllm:x\?base.*## IS\n\n- short\n\n## IS NOT\n\n- curt ## IS\n/s,
    );
    // The same question: from the record.
    const document = JSON.parse((await user.run(...args, '--json')).stdout);
    assert.match(document.model.name, /^vllm:x/);
    assert.equal(document.model.simulated, false);
    assert.equal(document.text, ran.stdout);
    const rehearsed = await user.run(...args.slice(0, -1), 'sim:judge');
    assert.equal(rehearsed.code, 2);
    assert.match(rehearsed.stderr, /sim:judge gave no draft.*Without --judge/);
  });
});
