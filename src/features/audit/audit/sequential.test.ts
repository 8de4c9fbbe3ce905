import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { temporaryFolder, userIn } from '../../../../test/command.ts';
import { type Report, reportSchema } from '../../../../test/report-document.ts';
import { echo } from '../../../../test/servers/behaviours.ts';
import { testKey } from '../../../../test/servers/clients.ts';
import { startOpenai } from '../../../../test/servers/openai.ts';

const PLANTED = 0.4;
const ARGS = [
  'audit',
  ...['--subject', `sim:subject?violates=0.03&violates.tell_the_truth=${PLANTED}&faults=0.05`],
  ...['--judge', 'sim:judge?abstain=0.05&inapplicable=0.05&faults=0.05'],
  ...['--precision', '0.12', '--json'],
];

function reportOf(json: string): Report {
  return reportSchema.parse(JSON.parse(json));
}

/** Rows of a table in a ledger that somebody may be about to make. */
function countIn(path: string, table: string): number {
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    const count = database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n;
    database.close();
    return Number(count);
  } catch {
    return 0;
  }
}

describe('a sequential audit', () => {
  it('should ask until every interval is as narrow as asked, and hold the planted rates', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path);
    const ran = await user.run(...ARGS);
    assert.equal(ran.code, 0, ran.stderr);
    const report = reportOf(ran.stdout);
    const { spending } = report;
    assert.ok(spending !== undefined);
    const { planned, not_run } = report.accounting.samples;
    assert.deepEqual([planned, not_run], [spending.draws, 0]);
    assert.ok(spending.equalDraws > 2 * spending.draws, `${spending.equalDraws}`);
    const [subject] = report.subjects;
    const settled = new Map(
      spending.clauses.map((one) => [one.clause, [one.stopped, one.verdicts]]),
    );
    let lost = 0;
    for (const { id, rate } of subject?.clauses ?? []) {
      assert.ok(rate.low !== null && rate.high !== null && rate.estimate !== null);
      assert.ok(rate.high - rate.low <= 0.24, `${id}: ${rate.low} to ${rate.high}`);
      assert.match(rate.method, /confidence sequence/);
      const truth = id === 'tell_the_truth' ? 1 - PLANTED : 0.97;
      if (rate.low > truth || rate.high < truth) lost++;
      assert.deepEqual(settled.get(id), ['precise', rate.trials]);
    }
    // The judge is right about every reply that it judges, so at most one in twenty is missed; of 27 clauses.
    assert.ok(lost <= 3, `${lost} intervals miss the planted rate`);
    const overall = subject?.overall.rate;
    const truth = (26 * 0.97 + 1 - PLANTED) / 27;
    assert.ok((overall?.low ?? 1) <= truth && truth <= (overall?.high ?? 0));
    const text = await user.run('report');
    assert.match(text.stdout, /^Spending$/m);
    assert.match(text.stdout.replace(/\s+/g, ' '), /speak of the scenarios of this suite/);
    const listed = await user.run('runs');
    assert.ok(listed.stdout.includes(` ${planned}/${planned} `), listed.stdout);
    for (const again of ['--offline', '--resume']) {
      const replayed = await user.run(...ARGS, again);
      assert.equal(replayed.code, 0, replayed.stderr);
      assert.ok(replayed.stdout === ran.stdout, `${again} gives another report`);
    }
  });

  it('should go on with the same draws after being killed, and ask only what a round has decided', async () => {
    using undisturbed = temporaryFolder();
    const expected = await userIn(undisturbed.path).run(...ARGS);
    assert.equal(expected.code, 0, expected.stderr);
    using folder = temporaryFolder();
    const user = userIn(folder.path);
    const ledger = folder.at('.tenet', 'ledger.db');
    let midway = 0;
    for (const samples of [40, 200, 500, null]) {
      const life = user.start(...ARGS, '--resume');
      if (samples !== null) {
        const ended = life.ended.then(() => true);
        while (countIn(ledger, 'samples') < samples) {
          if (await Promise.race([ended, setTimeout(2)])) break;
        }
        life.child.kill('SIGKILL');
      }
      const ran = await life.ended;
      if (/run \w+: [1-9]\d* of/.test(ran.stderr)) midway++;
      if (ran.signal === 'SIGKILL') continue;
      assert.equal(ran.code, 0, ran.stderr);
      assert.ok(ran.stdout === expected.stdout, 'the report is not that of an undisturbed run');
    }
    assert.ok(midway > 0, 'no life found a run half done');
    const database = new DatabaseSync(ledger, { readOnly: true });
    const rounds = database.prepare('SELECT round FROM rounds ORDER BY round').all();
    database.close();
    assert.deepEqual(
      rounds.map(({ round }) => round),
      [...rounds.keys()],
    );
    const { planned, replied, refused, filtered, failed } = reportOf(expected.stdout).accounting
      .samples;
    assert.equal(planned, replied + refused + filtered + failed);
  });

  it('should spend a budget where intervals are widest, and take that for its end', async () => {
    await using server = await startOpenai({ behaviour: echo });
    using folder = temporaryFolder();
    const user = userIn(folder.path, { TEST_KEY: testKey });
    const subject = `openai:gpt-5?base=${server.base}&key=TEST_KEY`;
    const args = ['audit', '--subject', subject, '--judge', 'sim:judge', '--max-tokens', '100'];
    const ran = await user.run(...args, '--budget', '0.01', '--json');
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(ran.stderr, /more than the budget of \$0\.01/);
    const report = reportOf(ran.stdout);
    assert.equal(report.run.state, 'finished');
    assert.equal(report.spending?.spent, true);
    assert.equal(report.accounting.samples.not_run, 0, 'what the budget took back is not missing');
    assert.ok(!report.notes.join().includes('not finished'));
    const cost = report.accounting.usage.cost ?? Number.NaN;
    assert.ok(cost > 0 && cost <= 0.01, `${cost} USD were spent`);
    const offline = await user.run(...args, '--budget', '0.01', '--json', '--offline');
    assert.ok(offline.stdout === ran.stdout, 'the record gives another report');
    const fixed = await user.run(...args, '--budget', '5', '--json');
    assert.equal(
      reportOf(fixed.stdout).spending,
      undefined,
      'a plan that fits its budget stays fixed',
    );
  });

  it('should say under corrected rates that they take its number of cases for fixed', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path);
    const judge = ['--judge', 'sim:judge?sensitivity=0.9'];
    assert.equal((await user.run('judge', 'calibrate', ...judge)).code, 0);
    const correctedIn = async (...flags: string[]) => {
      const ran = await user.run('audit', ...judge, '--json', ...flags);
      assert.equal(ran.code, 0, ran.stderr);
      return reportOf(ran.stdout).subjects[0]?.overall.corrected?.roganGladen;
    };
    const [chosen, fixed] = [await correctedIn('--precision', '0.3'), await correctedIn()];
    assert.ok(chosen?.low !== null && fixed?.low !== null);
    assert.match(chosen?.caution ?? '', /ended by what it saw/);
    assert.ok(!(fixed?.caution ?? '').includes('ended by what it saw'));
  });

  it('should stop short of its precision where the budget ends, and go on with a larger one', async () => {
    await using server = await startOpenai({ behaviour: echo });
    using folder = temporaryFolder();
    const user = userIn(folder.path, { TEST_KEY: testKey });
    const subject = `openai:gpt-5?base=${server.base}&key=TEST_KEY`;
    const args = ['--subject', subject, '--judge', 'sim:judge', '--max-tokens', '100'];
    const plan = ['audit', ...args, '--precision', '0.3', '--json'];
    const stopped = await user.run(...plan, '--budget', '0.005');
    assert.equal(stopped.code, 2, stopped.stderr);
    assert.match(stopped.stderr, /Raise --budget and go on with: tenet audit --resume/);
    const { not_run } = reportOf(stopped.stdout).accounting.samples;
    assert.ok(not_run > 0);
    const resumed = await user.run(...plan, '--budget', '5', '--resume');
    assert.equal(resumed.code, 0, resumed.stderr);
    const report = reportOf(resumed.stdout);
    assert.equal(report.accounting.samples.not_run, 0);
    assert.ok(report.spending?.clauses.every(({ stopped: why }) => why === 'precise'));
  });

  for (const [what, flags, says] of [
    ['a bound alone', ['--bound', '0.9'], /--bound: .*needs --precision/],
    ['a precision of a half', ['--precision', '0.5'], /--precision 0\.5: .*under 0\.5/],
    [
      'a latent consensus',
      [
        '--precision',
        '0.1',
        '--consensus',
        'latent',
        '--judge',
        'sim:judge',
        '--judge',
        'sim:judge?seed=2',
        '--judge',
        'sim:judge?seed=3',
      ],
      /--precision: a latent consensus.*majority/,
    ],
  ] as const) {
    it(`should refuse ${what}, and say what to do`, async () => {
      using folder = temporaryFolder();
      const ran = await userIn(folder.path).run('audit', ...flags);
      assert.deepEqual([ran.code, ran.stdout], [2, '']);
      assert.match(ran.stderr, says);
    });
  }
});
