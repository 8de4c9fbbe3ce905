import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { listing, NO_NETWORK, STAMP, temporaryFolder, userIn } from '../../../../test/command.ts';
import { verdict } from '../../../../test/servers/behaviours.ts';
import { testKey } from '../../../../test/servers/clients.ts';
import { startOpenai } from '../../../../test/servers/openai.ts';
import { attackReportSchema } from '../../../report/certificate/attack-schema.ts';
import { widthOf } from '../../../text/layout.ts';
import { ATTACKS } from './attacks.ts';

describe('tenet judge attack', () => {
  it('prints 80 columns, stamped, and as JSON what its schema says; a second time from the record', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const args = ['judge', 'attack', '--judge', 'sim:judge?obeys=everything', '--limit', '6'];
    const text = await user.run(...args);
    assert.equal(text.code, 0, text.stderr);
    const lines = text.stdout.trimEnd().split('\n');
    assert.match(lines[0] ?? '', STAMP);
    assert.match(lines.at(-1) ?? '', STAMP);
    assert.ok(lines.every((line) => widthOf(line) <= 80));
    const json = await user.run(...args, '--json', '--offline');
    assert.equal(json.code, 0, json.stderr);
    const report = attackReportSchema.parse(JSON.parse(json.stdout));
    assert.equal(report.simulated, true);
    assert.equal(report.items.good + report.items.bad, 6);
    const again = await user.run(...args, '--offline');
    assert.equal(again.stdout, text.stdout);
  });

  it('explains every attack, and asks nobody for that', async () => {
    using folder = temporaryFolder();
    const { code, stdout } = await userIn(folder.path).run('judge', 'attack', '--list');
    assert.equal(code, 0);
    for (const { name } of ATTACKS) assert.ok(stdout.includes(`  ${name}\n`), name);
    assert.deepEqual(listing(folder.path), {});
  });

  it('says what is wrong with what it is told, and what to do', async () => {
    using folder = temporaryFolder();
    writeFileSync(
      folder.at('bare.md'),
      '# Be kind {#be_kind authority=user}\n\nBe kind to everybody.\n',
    );
    const user = userIn(folder.path);
    const cases: [said: RegExp, ...args: string[]][] = [
      [/--judge: name the judge to attack/],
      [
        /there is no attack 'flatery'.* Is it flattery\?/,
        '--judge',
        'sim:judge',
        '--attack',
        'flatery',
      ],
      [/no reply marked good or bad/, '--judge', 'sim:judge', '--spec', 'bare.md'],
      [/sim:subject is no judge/, '--judge', 'sim:subject'],
      [/is given twice/, '--judge', 'sim:judge', '--judge', 'sim:judge'],
      [/obeys=all is none of nothing, structure, everything/, '--judge', 'sim:judge?obeys=all'],
      [
        /not all of its calls are on record|no such|there is no/,
        '--judge',
        'sim:judge',
        '--offline',
      ],
    ];
    await Promise.all(
      cases.map(async ([said, ...args]) => {
        const { code, stdout, stderr } = await user.run('judge', 'attack', ...args);
        assert.equal(code, 2, args.join(' '));
        assert.equal(stdout, '');
        assert.match(stderr, said);
        assert.doesNotMatch(stderr, /\n {4}at /);
      }),
    );
  });

  it('says what it takes before it asks, and adds to the certificate of a judge that has one', async () => {
    await using server = await startOpenai({ behaviour: verdict('violates'), key: testKey });
    using folder = temporaryFolder();
    const user = userIn(folder.path, { TEST_KEY: testKey });
    const judge = `openai:gpt-5?base=${server.base}&key=TEST_KEY`;
    const command = ['judge', 'attack', '--judge', judge, '--limit', '1'];
    const dry = await user.run(...command, '--dry-run');
    assert.match(
      dry.stdout,
      /^openai:gpt-5\S* \d+\s+questions,\s+about\s+[\d,]+\s+tokens\s+in,\s+for\s+about\s+\$/,
    );
    assert.match(dry.stdout, /^The dearest attack is long-reply, with [\d,]+ of these tokens/m);
    const [estimate] = JSON.parse(
      (await user.run(...command, '--dry-run', '--json')).stdout,
    ).judges;
    assert.equal(server.requests, 0);
    const alone = await user.run(...command);
    assert.equal(alone.code, 0, alone.stderr);
    assert.equal(server.requests, estimate.questions);
    assert.match(alone.stderr, /questions, about .* What is on record is not asked again\./);
    assert.match(alone.stderr, /the ledger has no certificate of it in this wording/);
    assert.doesNotMatch(alone.stdout, /SIMULATED/);
    const calibrated = await user.run('judge', 'calibrate', '--judge', judge, '--limit', '6');
    assert.equal(calibrated.code, 0, calibrated.stderr);
    const before = server.requests;
    const again = await user.run(...command);
    assert.match(again.stderr, /its certificate now holds this\./);
    assert.ok(again.stdout === alone.stdout);
    assert.equal(server.requests, before, 'something was asked twice');
    assert.match((await user.run('judge', 'list')).stdout, / · attacked$/m);
    const other = await user.run(...command, '--offline', '--seed', '9');
    assert.equal(other.code, 2);
    assert.match(
      other.stderr,
      /^tenet: --offline: not all of its calls are on record\. Run it once/,
    );
  });

  it('stops where it is told to, and goes on from there', async () => {
    await using server = await startOpenai({ behaviour: verdict('violates'), key: testKey });
    using folder = temporaryFolder();
    const user = userIn(folder.path, { TEST_KEY: testKey });
    const judge = `openai:gpt-5?base=${server.base}&key=TEST_KEY`;
    const command = ['judge', 'attack', '--judge', judge, '--limit', '3', '--concurrency', '1'];
    const started = user.start(...command, '--json');
    while (server.requests < 5) await new Promise((resolve) => setTimeout(resolve, 5));
    started.child.kill('SIGINT');
    const stopped = await started.ended;
    assert.deepEqual([stopped.code, stopped.stdout], [130, ''], stopped.stderr);
    assert.match(stopped.stderr, /The same command goes on/);
    const poor = await user.run(...command, '--budget', '0.000001');
    assert.equal(poor.code, 2);
    assert.match(poor.stderr, /Not finished: .* Raise --budget and give the same command again\./);
    const whole = await user.run(...command, '--json');
    assert.equal(whole.code, 0, whole.stderr);
    const [judged] = attackReportSchema.parse(JSON.parse(whole.stdout)).judges;
    const [estimate] = JSON.parse(
      (await user.run(...command, '--dry-run', '--json')).stdout,
    ).judges;
    const { results = [], overall } = judged ?? {};
    const asked = results.reduce((sum, result) => sum + result.asked, 0);
    assert.equal(asked + 3, estimate.questions, 'three replies as they are, and all attacks');
    assert.ok((overall?.asked ?? 0) > 60);
  });
});
