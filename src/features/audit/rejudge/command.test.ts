import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { listing, NO_NETWORK, STAMP, temporaryFolder, userIn } from '../../../../test/command.ts';
import { type Report, reportSchema } from '../../../../test/report-document.ts';
import { echo, verdict } from '../../../../test/servers/behaviours.ts';
import { testKey } from '../../../../test/servers/clients.ts';
import { sometimes } from '../../../../test/servers/faults.ts';
import { startOpenai } from '../../../../test/servers/openai.ts';

function reportOf(json: string): Report {
  return reportSchema.parse(JSON.parse(json));
}

/** What a ledger says of a run's samples or verdicts, one line each. */
function stored(
  ledger: string,
  run: string,
  columns: string,
  table: 'samples' | 'verdicts',
): string[] {
  using database = new DatabaseSync(ledger, { readOnly: true });
  return database
    .prepare(
      `SELECT ${columns} FROM ${table} JOIN runs ON runs.ordinal = ${table}.run
       WHERE runs.id = ? ORDER BY position`,
    )
    .all(run)
    .map((row) => JSON.stringify(row));
}

const SAMPLE = 'position, scenario, subject, repeat, outcome, reason, finish, transcript';

describe('tenet judge again', () => {
  it('should judge the transcripts there are and ask no subject, with what became of them kept', async () => {
    await using server = await startOpenai({
      behaviour: echo,
      faults: sometimes({ refusal: 0.1, filter: 0.1, '404': 0.1 }, 7),
      key: testKey,
    });
    using folder = temporaryFolder();
    const subject = `openai:gpt-5?base=${server.base}&key=TEST_KEY&attempts=1`;
    const args = ['--subject', subject, '--judge', 'sim:judge?violates=0.3', '--max-tokens', '100'];
    const stopped = await userIn(folder.path, { TEST_KEY: testKey }).run(
      ...['audit', ...args, '--budget', '0.003', '--repeats', '1', '--concurrency', '4', '--json'],
    );
    const old = reportOf(stopped.stdout);
    const { samples } = old.accounting;
    assert.ok(samples.not_run > 0 && samples.failed > 0 && samples.refused > 0, stopped.stderr);
    const asked = server.requests;

    // Neither a key nor a network.
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const again = ['judge', 'again', old.run.id, '--judge', 'sim:judge?violates=0.5'];
    const ran = await user.run(...again, '--json');
    assert.equal(ran.code, 0, ran.stderr);
    assert.equal(server.requests, asked);
    const now = reportOf(ran.stdout);
    assert.deepEqual(now.accounting.samples, samples);
    assert.equal(now.run.transcriptsOf, old.run.id);
    const { input, output } = now.accounting.usage;
    assert.ok(input !== null && output !== null && input > 0);
    const ledger = folder.at('.tenet', 'ledger.db');
    const [before, after] = [old, now].map(({ run }) => stored(ledger, run.id, SAMPLE, 'samples'));
    assert.deepEqual(after, before);

    // The report says what changed, and the ledger bears it out.
    const verdicts = [old, now].map(({ run }) =>
      stored(ledger, run.id, 'position, clause, outcome', 'verdicts'),
    );
    const [then = [], since = []] = verdicts;
    const changed = since.filter((line) => !then.includes(line)).length;
    assert.ok(changed > 0 && changed < since.length);
    assert.partialDeepStrictEqual(now.again, { run: old.run.id, cases: since.length, changed });
    assert.equal(now.again?.changes.length, changed);
    assert.ok((now.again?.agreement.estimate ?? 1) < 1);

    const text = await user.run('report', now.run.id);
    assert.match(text.stdout, new RegExp(`judges the transcripts of run ${old.run.id} again`));
    assert.match(text.stdout, /t\d+ +#\w+: (adheres|violates) → (adheres|violates)/);
    assert.match(text.stdout.split('\n')[0] ?? '', STAMP);
    assert.match(
      (await user.run('runs')).stdout,
      new RegExp(`run ${old.run.id} judged again by sim:judge`),
    );
    const resumed = await user.run('audit', '--resume', now.run.id);
    assert.deepEqual(
      [resumed.code, /judges the transcripts of run/.test(resumed.stderr)],
      [2, true],
    );
  });

  it('should say before it starts what it would take, and what it can not do', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const judge = ['--judge', 'sim:judge?sensitivity=0.8'];
    const audit = await user.run('audit', '--limit', '12', ...judge, '--json');
    const { id } = reportOf(audit.stdout).run;
    const before = listing(folder.path)['.tenet/ledger.db'];
    const dry = await user.run('judge', 'again', id, '--judge', 'sim:judge', '--dry-run', '--json');
    assert.partialDeepStrictEqual(JSON.parse(dry.stdout), {
      schema: 'tenet.again-estimate/1',
      run: id,
      transcripts: 24,
      calls: 24,
      cost: 0,
      simulated: true,
    });
    for (const [args, problem] of [
      [[id], /Nothing would be new: run \w+ was judged by these judges.*--seed/],
      [[id, ...judge], /Nothing would be new/],
      [['feed'], /feed: there is no such run/],
      [[id, '--consensus', 'unanimity'], /--consensus unanimity needs several judges/],
      [[id, '--rubric', 'none.md'], /none\.md: there is no such file/],
      [[id, '--judge', 'sim:subject'], /sim:subject is no judge/],
    ] as const) {
      const ran = await user.run('judge', 'again', ...args);
      assert.deepEqual([ran.code, ran.stdout], [2, ''], args.join(' '));
      assert.match(ran.stderr, problem);
    }
    assert.equal(listing(folder.path)['.tenet/ledger.db'], before);
    const silent = await user.run(
      'audit',
      '--limit',
      '2',
      '--subject',
      'sim:subject?faults=1',
      '--json',
    );
    const { id: mute, subjects } = reportOf(silent.stdout).run;
    assert.equal(subjects.length, 1, silent.stderr);
    const none = await user.run('judge', 'again', mute, '--judge', 'sim:judge?seed=2');
    assert.match(none.stderr, /has no transcript to judge: no subject replied/);
  });

  it('should take panels, rules, rubrics and seeds; and rules alone ask nobody', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const panel = ['2', '3', '4'].flatMap((seed) => [
      '--judge',
      `sim:judge?sensitivity=0.7&seed=${seed}`,
    ]);
    const audit = await user.run(
      'audit',
      '--limit',
      '30',
      '--json',
      '--subject',
      'sim:subject?violates=0.5',
      ...panel,
    );
    const { id } = reportOf(audit.stdout).run;
    const again = async (...args: string[]) => {
      const ran = await user.run('judge', 'again', id, ...args, '--json');
      assert.equal(ran.code, 0, ran.stderr);
      return { ...reportOf(ran.stdout), stderr: ran.stderr };
    };
    const strict = await again('--consensus', 'unanimity');
    assert.match(strict.stderr, /Every call was on record already/);
    assert.ok((strict.again?.changed ?? 0) > 0);
    assert.ok(strict.again?.transitions.every(({ to }) => to === 'cannot_judge'));
    const anew = await again('--seed', '9');
    assert.doesNotMatch(anew.stderr, /Every call was on record/);
    writeFileSync(
      folder.at('r.md'),
      '---\nrubric: r\nversion: 1\nclause: tell_the_truth\n---\n## IS\n- true\n',
    );
    const ruled = await again('--rubric', 'r.md');
    assert.deepEqual(
      ruled.run.judges,
      anew.run.judges.map((judge, place) => ({
        ...judge,
        parameters: strict.run.judges[place]?.parameters,
      })),
    );
  });

  it('should keep to the samples that a sequential run drew, whatever the new verdicts say', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const audit = await user.run(
      ...['audit', '--limit', '4', '--precision', '0.25', '--repeats', '40', '--json'],
    );
    const old = reportOf(audit.stdout);
    const again = await user.run(
      ...['judge', 'again', old.run.id, '--judge', 'sim:judge?specificity=0.5', '--json'],
    );
    assert.equal(again.code, 0, again.stderr);
    const now = reportOf(again.stdout);
    const ledger = folder.at('.tenet', 'ledger.db');
    const [before, after] = [old, now].map(({ run }) => stored(ledger, run.id, SAMPLE, 'samples'));
    assert.deepEqual(after, before);
    assert.deepEqual(now.accounting.samples, old.accounting.samples);
    assert.equal(now.spending?.draws, old.spending?.draws);
    assert.ok((now.spending?.widest ?? 0) > 0.25, 'verdicts near a half make intervals wider');
    assert.match((await user.run('report')).stdout, /drawn, and ended, by\s+the verdicts of run/);
  });

  it('should go on after a kill, and come to what an undisturbed one comes to', async () => {
    await using server = await startOpenai({
      dialect: 'lenient',
      behaviour: verdict('violates'),
      latency: 20,
    });
    using folder = temporaryFolder();
    const user = userIn(folder.path);
    const audit = await user.run('audit', '--limit', '20', '--json');
    const { id } = reportOf(audit.stdout).run;
    const judge = `vllm:judge?base=${server.base}`;
    const again = [
      'judge',
      'again',
      id,
      '--judge',
      judge,
      '--concurrency',
      '2',
      '--resume',
      '--json',
    ];
    const life = user.start(...again);
    while (server.requests < 12) await setTimeout(5);
    life.child.kill('SIGKILL');
    await life.ended;
    const killed = server.requests;
    const ran = await user.run(...again);
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(ran.stderr, /Going on with run/);
    assert.match(
      ran.stderr,
      /40 transcripts, at most \d+ calls/,
      'though the subject is simulated',
    );
    // Two calls were under way when it died.
    assert.ok(killed < 40 && server.requests <= 42, `${killed}, then ${server.requests} requests`);
    const { accounting, run } = reportOf(ran.stdout);
    assert.equal(accounting.samples.replied, 40);
    const once = stored(folder.at('.tenet', 'ledger.db'), run.id, 'position', 'samples');
    assert.equal(new Set(once).size, once.length);
    const finished = await userIn(folder.path, { NODE_OPTIONS: NO_NETWORK }).run(...again);
    assert.ok(finished.stdout === ran.stdout, finished.stderr);
    assert.match(finished.stderr, /is finished; this is its report/);
  });
});
