import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listing, NO_NETWORK, temporaryFolder, userIn } from './command.ts';
import { reportSchema } from './report-document.ts';
import { startAnthropic } from './servers/anthropic.ts';
import { type Behaviour, echo, verdict } from './servers/behaviours.ts';
import { testKey } from './servers/clients.ts';
import { type FaultPlan, sometimes } from './servers/faults.ts';
import { startOpenai } from './servers/openai.ts';

/**
 * Two verdicts in three are no verdict, so that there is something to ask twice and something to give up on: whichever
 * order calls arrive in, some meet it twice.
 */
const careless: Behaviour = (asked) =>
  asked.number % 3 === 0 ? verdict('violates')(asked) : 'Hard to say.';

/** Ends of calls that stay what they are, and some that are retried until they are over. */
const faulty: FaultPlan = sometimes(
  { refusal: 0.08, filter: 0.08, '404': 0.08, malformed: 0.08, '500': 0.05, cut: 0.05 },
  7,
);

describe('--offline', () => {
  it('should repeat a run from the record alone: the same bytes, no socket, nothing written', async () => {
    await using subjects = await startOpenai({ behaviour: echo, faults: faulty, key: testKey });
    await using judges = await startAnthropic({
      behaviour: careless,
      faults: sometimes({ '404': 0.15 }),
    });
    using folder = temporaryFolder();
    const models = [
      ...['--subject', `openai:gpt-5?base=${subjects.base}&key=TEST_KEY&attempts=2`],
      ...['--judge', `anthropic:claude-sonnet-4-5?base=${judges.base}&key=TEST_KEY`],
    ];
    const plan = ['audit', ...models, '--limit', '60', '--repeats', '2', '--concurrency', '8'];
    const user = userIn(folder.path, { TEST_KEY: testKey });
    const online = await user.run(...plan, '--json');
    assert.equal(online.code, 0, online.stderr);
    const { accounting } = reportSchema.parse(JSON.parse(online.stdout));
    const { replied, refused, filtered, failed } = accounting.samples;
    assert.ok(replied > 0 && refused > 0 && filtered > 0 && failed > 0, JSON.stringify(accounting));
    assert.ok(accounting.cannotJudge.malformed > 0 && accounting.cannotJudge.failed > 0);
    await subjects.close();
    await judges.close();

    const before = listing(folder.path);
    // No key either: who asks nobody needs none.
    const alone = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    for (const resume of [[], ['--resume', reportSchema.parse(JSON.parse(online.stdout)).run.id]]) {
      const args = resume.length > 0 ? ['audit', ...resume] : plan;
      const offline = await alone.run(...args, '--offline', '--json');
      assert.equal(offline.code, 0, offline.stderr);
      assert.ok(offline.stdout === online.stdout, 'the report is another');
      assert.equal(offline.stderr, '');
    }
    const text = await alone.run(...plan, '--offline');
    assert.equal(text.stdout, (await alone.run('report')).stdout);
    assert.deepEqual(listing(folder.path), before, 'something was written');
  });

  it('should leave what is not on record as not run, and say so', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const half = await user.run('audit', '--limit', '10', '--json');
    assert.equal(half.code, 0, half.stderr);
    const whole = await user.run('audit', '--offline', '--json');
    assert.equal(whole.code, 0, whole.stderr);
    assert.match(
      whole.stderr,
      /^176 of 196 samples are not wholly on record, and stand as not run/,
    );
    const { samples } = reportSchema.parse(JSON.parse(whole.stdout)).accounting;
    assert.partialDeepStrictEqual(samples, { planned: 196, replied: 20, failed: 0, not_run: 176 });
  });

  it('should be held to that by a guard that does end whoever opens a socket', async () => {
    await using server = await startOpenai({ dialect: 'lenient' });
    using folder = temporaryFolder();
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const args = ['--subject', `vllm:x?base=${server.base}`, '--judge', 'sim:judge'];
    const { code, stderr } = await user.run('audit', ...args);
    assert.equal(code, 97, stderr);
    assert.equal(server.connections, 0);
  });
});
