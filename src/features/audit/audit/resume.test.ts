import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { type Folder, listing, temporaryFolder, userIn } from '../../../../test/command.ts';
import { type PostgresServer, postgresAbsent, startPostgres } from '../../../../test/postgres.ts';
import { type Report, reportSchema } from '../../../../test/report-document.ts';
import { echo } from '../../../../test/servers/behaviours.ts';
import { testKey } from '../../../../test/servers/clients.ts';
import { always } from '../../../../test/servers/faults.ts';
import { startOpenai } from '../../../../test/servers/openai.ts';
import { seededRandom } from '../../../stats/random.ts';

/** Long enough that many lives are needed to finish it, with everything in it that can go wrong. */
const FAULTY = [
  ...['--subject', 'sim:subject?violates=0.15&faults=0.05'],
  ...['--subject', 'sim:subject?violates=0.3&faults=0.05&seed=b'],
  ...[
    '--judge',
    'sim:judge?sensitivity=0.9&specificity=0.95&abstain=0.02&malformed=0.05&faults=0.05',
  ],
  ...['--repeats', '12'],
];

/** More of them: `TENET_KILLS=200`. */
const KILLS = Number(process.env.TENET_KILLS ?? 50);
const KILLS_OF_DATABASE = Math.round(KILLS / 4);

function reportOf(json: string): Report {
  return reportSchema.parse(JSON.parse(json));
}

/** What an undisturbed run of this plan reports, in a ledger of its own. */
async function undisturbed(
  args: string[],
  variables: Record<string, string> = {},
): Promise<string> {
  using folder = temporaryFolder();
  const ran = await userIn(folder.path, variables).run('audit', ...args, '--json');
  assert.equal(ran.code, 0, ran.stderr);
  return ran.stdout;
}

/** A ledger that audits are killed over. */
interface Place extends AsyncDisposable {
  ledger: string;
  /** Whether an audit has begun to write to it. */
  isBegun(): boolean;
  /** How many rows a query has. */
  count(sql: string): Promise<number>;
}

/** A file in a folder. */
function fileIn(folder: Folder, within = '.tenet'): Place {
  const ledger = folder.at(within, 'ledger.db');
  return {
    ledger,
    isBegun: () => existsSync(ledger),
    count: async (sql) => {
      using database = new DatabaseSync(ledger, { readOnly: true });
      return Number(database.prepare(`SELECT count(*) AS n FROM ${sql}`).get()?.n);
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

/** A database of a server. */
async function databaseOf(server: PostgresServer): Promise<Place> {
  const ledger = await server.database();
  return {
    ledger,
    isBegun: () => true,
    count: async (sql) => {
      const client = new pg.Client({ connectionString: ledger, options: '-c search_path=tenet' });
      await client.connect();
      const { rows } = await client.query(`SELECT count(*) AS n FROM ${sql} AS counted`);
      await client.end();
      return Number(rows[0]?.n);
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

/** No sample, and no answer, is in the ledger twice; and every sample is there. */
async function assertNothingTwice({ count }: Place, samples: number): Promise<void> {
  assert.equal(await count('runs'), 1);
  assert.equal(await count('(SELECT DISTINCT position FROM samples)'), samples);
  // A sample with a judge's call that failed is asked again, like one whose own call did.
  const failedJudge = `SELECT 1 FROM verdicts WHERE cause = 'failed' AND verdicts.run = samples.run
    AND verdicts.position = samples.position`;
  const twice = 'GROUP BY run, position HAVING count(*) > 1';
  assert.equal(
    await count(
      `(SELECT 1 FROM samples WHERE outcome <> 'failed' AND NOT EXISTS (${failedJudge}) ${twice})`,
    ),
    0,
  );
  assert.equal(
    await count('(SELECT 1 FROM calls WHERE final = 1 GROUP BY hash HAVING count(*) > 1)'),
    0,
  );
}

interface Killed {
  atStart: number;
  midRun: number;
  /** Lives that found some samples finished and others not. */
  midway: number;
  /** Runs that were finished, in ledgers of their own. */
  runs: number;
}

/**
 * Kills audits at random moments and resumes them, so many times; each that comes to its end must say `expected`.
 * @param restart now and then in the place of a kill: it ends the audit that is under way
 */
async function killAndResume(
  kills: number,
  seed: number,
  { report: expected, elapsed }: { report: string; elapsed: number },
  make: (folder: Folder) => Place | Promise<Place> = (folder) => fileIn(folder),
  restart?: () => Promise<void>,
): Promise<Killed> {
  const random = seededRandom(seed);
  const killed: Killed = { atStart: 0, midRun: 0, midway: 0, runs: 0 };
  // So long that a run takes a handful of lives, however fast this machine is.
  const moment = (): Promise<void> => setTimeout(0.3 * elapsed * random());
  const { planned } = reportOf(expected).accounting.samples;
  let left = kills;
  while (left > 0) {
    using folder = temporaryFolder();
    await using place = await make(folder);
    const user = userIn(folder.path);
    const at = ['--ledger', place.ledger];
    for (let finished = false; !finished; ) {
      const life = user.start('audit', ...FAULTY, '--resume', '--json', ...at);
      if (left > 0) {
        // Some die on their way to the first sample; the others once they are at work.
        const atWork =
          random() < 0.2
            ? moment().then(() => false)
            : place.isBegun()
              ? life.says(/Going on with run|There is no run of this plan/)
              : until(() => place.isBegun() || life.child.exitCode !== null).then(() => true);
        const isAtWork = await Promise.race([atWork, life.ended.then(() => false)]);
        if (isAtWork) await Promise.race([moment(), life.ended]);
        if (restart !== undefined && left % 4 === 0 && isAtWork) {
          await restart();
          left--;
          killed.midRun++;
        } else if (life.child.kill('SIGKILL')) {
          left--;
          killed[isAtWork ? 'midRun' : 'atStart']++;
        }
      }
      const ran = await life.ended;
      if (/run \w+: [1-9]\d* of/.test(ran.stderr)) killed.midway++;
      if (ran.signal === 'SIGKILL') continue;
      if (restart !== undefined && ran.code === 2) {
        assert.match(ran.stderr, /can't be (?:written|connected to): /);
        assert.doesNotMatch(ran.stderr, /at file:|node:internal/);
        continue;
      }
      assert.equal(ran.code, 0, ran.stderr);
      assert.ok(ran.stdout === expected, 'the report differs from that of an undisturbed run');
      finished = true;
    }
    killed.runs++;
    const { stdout } = await user.run('report', '--format', 'json', ...at);
    assert.ok(stdout === expected, 'the report differs when it is asked for again');
    await assertNothingTwice(place, planned);
  }
  return killed;
}

describe('an audit that was broken off', () => {
  it('should come to the same report after being killed fifty times', async (t) => {
    const started = performance.now();
    const report = await undisturbed(FAULTY);
    const expected = { report, elapsed: performance.now() - started };
    const { samples } = reportOf(report).accounting;
    assert.equal(samples.planned, 98 * 2 * 12);
    assert.ok(samples.failed > 0 && samples.refused > 0 && samples.filtered > 0);
    const halves = await Promise.all(
      [1, 2].map((seed) => killAndResume(KILLS / 2, seed, expected)),
    );
    const sum = (key: keyof Killed): number => halves.reduce((total, half) => total + half[key], 0);
    t.diagnostic(
      `${KILLS} kills: ${sum('midRun')} in the midst of a run, ${sum('atStart')} on the way to it; ${sum('midway')} lives went on midway; ${sum('runs')} runs finished`,
    );
    assert.equal(sum('midRun') + sum('atStart'), KILLS);
    assert.ok(sum('midway') >= KILLS / 5, 'hardly a kill left a run half done');
  });

  it('should lose and double nothing in a database, which is restarted now and then', {
    skip: postgresAbsent(),
  }, async (t) => {
    await using server = await startPostgres();
    const started = performance.now();
    const report = await undisturbed(FAULTY);
    const expected = { report, elapsed: performance.now() - started };
    const killed = await killAndResume(
      KILLS_OF_DATABASE,
      3,
      expected,
      () => databaseOf(server),
      server.restart,
    );
    t.diagnostic(JSON.stringify(killed));
    assert.equal(killed.midRun + killed.atStart, KILLS_OF_DATABASE);
    assert.ok(killed.midway > 0, 'no kill left a run half done');
  });

  it('should start with --resume where there is nothing to resume, and only report what is done', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path);
    const first = await user.run('audit', '--resume', '--json');
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stderr, /^There is no run of this plan to go on with; run \w+ starts\.\n$/);
    const earlier = listing(folder.path)['.tenet/ledger.db'];
    const { id } = reportOf(first.stdout).run;
    for (const args of [['--resume'], ['--resume', id], ['--resume', id.slice(0, 5)]]) {
      const again = await user.run('audit', ...args, '--json');
      assert.equal(again.code, 0, again.stderr);
      assert.match(again.stderr, new RegExp(`^Run ${id} is finished`));
      assert.equal(again.stdout, first.stdout);
    }
    assert.equal(listing(folder.path)['.tenet/ledger.db'], earlier, 'something was written');
  });

  it('should end what is under way at Ctrl-C, exit with 130 and say how to go on', async () => {
    await using server = await startOpenai({ dialect: 'lenient', latency: 30 });
    const args = ['--subject', `vllm:x?base=${server.base}`, '--judge', 'sim:judge'];
    const slowly = [...args, '--concurrency', '2'];
    using folder = temporaryFolder();
    const user = userIn(folder.path);
    const life = user.start('audit', ...slowly, '--json');
    await until(() => server.requests >= 10);
    life.child.kill('SIGINT');
    const stopped = await life.ended;
    assert.deepEqual([stopped.code, stopped.stdout], [130, '']);
    const hint = /Go on with: tenet (audit --resume \w+ --concurrency 2)\n/.exec(
      stopped.stderr,
    )?.[1];
    assert.ok(hint !== undefined, stopped.stderr);
    const ended = await user.run(...hint.split(' '), '--json');
    assert.equal(ended.code, 0, ended.stderr);
    const { planned, replied } = reportOf(ended.stdout).accounting.samples;
    assert.equal(replied, planned);
    // What was under way came back before the end, so nobody had to be asked a second time.
    assert.equal(server.requests, planned);
    await assertNothingTwice(fileIn(folder), planned);
    assert.ok(ended.stdout === (await undisturbed(args)), 'the report is another');
  });

  it('should stop at once at a second Ctrl-C', async () => {
    await using server = await startOpenai({ dialect: 'lenient', faults: always('hang') });
    using folder = temporaryFolder();
    const user = userIn(folder.path);
    const args = ['--subject', `vllm:x?base=${server.base}`, '--judge', 'sim:judge'];
    const life = user.start('audit', ...args);
    await until(() => server.requests > 0);
    life.child.kill('SIGINT');
    assert.ok(await life.says('Ctrl-C again stops at once'));
    life.child.kill('SIGINT');
    const { code, stderr } = await life.ended;
    assert.equal(code, 130);
    assert.match(stderr, /Go on with: tenet audit --resume/);
    assert.match((await user.run('runs')).stdout, /stopped +0\/98 /);
  });

  it('should come to its end also where nothing is left but questions that always fail', async () => {
    const rows = 24;
    let stuck = true;
    await using server = await startOpenai({
      dialect: 'lenient',
      faultOf: (body) => {
        const row = Number(/Question (\d+)/.exec(body)?.[1]);
        if (stuck && row === rows - 1) return 'hang';
        return row % 2 === 1 ? '404' : undefined;
      },
    });
    using folder = temporaryFolder();
    const lines = Array.from({ length: rows }, (_, row) =>
      JSON.stringify({ clause: 'tell_the_truth', prompt: `Question ${row}` }),
    );
    writeFileSync(folder.at('suite.jsonl'), lines.join('\n'));
    const user = userIn(folder.path);
    const subject = `vllm:x?base=${server.base}`;
    const args = ['--suite', 'suite.jsonl', '--subject', subject, '--judge', 'sim:judge'];
    const life = user.start('audit', ...args, '--concurrency', '1');
    await until(() => server.requests >= rows);
    life.child.kill('SIGINT');
    assert.ok(await life.says('Ctrl-C again'));
    life.child.kill('SIGINT');
    assert.equal((await life.ended).code, 130);
    stuck = false;
    const resumed = await user.run('audit', ...args, '--concurrency', '1', '--resume', '--json');
    assert.equal(resumed.code, 0, resumed.stderr);
    const { samples } = reportOf(resumed.stdout).accounting;
    assert.partialDeepStrictEqual(samples, { replied: rows / 2, failed: rows / 2, not_run: 0 });
  });

  it('should tell a second process who has the run, and let it do all else', async () => {
    await using server = await startOpenai({ dialect: 'lenient', faults: always('hang') });
    using folder = temporaryFolder();
    const user = userIn(folder.path);
    const args = ['--subject', `vllm:x?base=${server.base}`, '--judge', 'sim:judge'];
    const life = user.start('audit', ...args);
    await until(() => server.requests > 0);
    const second = await user.run('audit', ...args, '--resume', '--json');
    assert.equal(second.code, 2);
    const held = JSON.parse(second.stdout);
    assert.equal(held.code, 'run-held');
    assert.match(held.data.holder, new RegExp(`^process ${life.child.pid} .*tenet audit`));
    assert.match(second.stderr, /^tenet: run \w+ is being written by process .* Wait for it\.$/m);
    const runs = await user.run('runs');
    assert.equal(runs.code, 0, runs.stderr);
    assert.match(runs.stdout, / 0\/98 /);
    const beside = await user.run('audit', '--limit', '2', '--json');
    assert.equal(beside.code, 0, `another run can be written beside it: ${beside.stderr}`);
    life.child.kill('SIGKILL');
    await life.ended;
    await server.close();
    const after = await user.run('audit', ...args, '--resume', held.data.run);
    assert.doesNotMatch(after.stderr, /is being written/, 'a dead process still has the run');
  });

  it('should say that the disk is full, and go on once there is room', async (t) => {
    using folder = temporaryFolder();
    mkdirSync(folder.at('disk'));
    using disk = smallDisk(folder.at('disk'), '600k');
    if (!disk.mounted) {
      return t.skip('a small disk can only be mounted by root, so there is none to fill');
    }
    const args = [...FAULTY, '--ledger', 'disk/ledger.db'];
    const user = userIn(folder.path);
    const full = await user.run('audit', ...args, '--json');
    assert.equal(full.code, 2);
    assert.partialDeepStrictEqual(JSON.parse(full.stdout), { code: 'ledger-write' });
    assert.match(full.stderr, /^tenet: disk\/ledger\.db: the disk is full\. .*--resume/m);
    assert.ok(full.stderr.trimEnd().split('\n').length <= 3, full.stderr);
    const still = await user.run('audit', ...args, '--resume');
    assert.equal(still.code, 2, 'there is no more room than before');
    disk.resize('64m');
    const resumed = await user.run('audit', ...args, '--resume', '--json');
    assert.equal(resumed.code, 0, resumed.stderr);
    const { planned } = reportOf(resumed.stdout).accounting.samples;
    assert.ok(resumed.stdout === (await undisturbed(FAULTY)), 'the report is another');
    await assertNothingTwice(fileIn(folder, 'disk'), planned);
  });

  it('should stop before the budget is broken, and go on with a larger one', async () => {
    await using server = await startOpenai({ behaviour: echo });
    const variables = { TEST_KEY: testKey };
    const subject = `openai:gpt-5?base=${server.base}&key=TEST_KEY`;
    const args = [
      '--subject',
      subject,
      '--judge',
      'sim:judge',
      '--max-tokens',
      '100',
      '--repeats',
      '1',
    ];
    using folder = temporaryFolder();
    const user = userIn(folder.path, variables);
    const stopped = await user.run('audit', ...args, '--budget', '0.003', '--json');
    assert.equal(stopped.code, 2, stopped.stderr);
    assert.match(
      stopped.stderr,
      /not finished: \$[\d.]+ of the budget of \$[\d.]+ are spent.*Raise --budget.*--resume \w+/,
    );
    const partial = reportOf(stopped.stdout);
    assert.equal(partial.run.state, 'stopped');
    const { not_run: left, replied } = partial.accounting.samples;
    assert.ok(left > 0 && replied > 0, `${replied} replied, ${left} left`);
    const spent = partial.accounting.usage.cost ?? Number.NaN;
    assert.ok(spent > 0 && spent <= 0.003, `${spent} USD were spent`);
    const resumed = await user.run('audit', ...args, '--budget', '5', '--resume', '--json');
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.equal(server.requests, reportOf(resumed.stdout).accounting.samples.planned);
    assert.ok(resumed.stdout === (await undisturbed(args, variables)), 'the report is another');
  });
});

/** Waits for something that another process brings about; the runner's own limit ends a wait in vain. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(5);
}

interface Disk extends Disposable {
  mounted: boolean;
  resize(size: string): void;
}

/** A disk of this size at a folder, where the user may mount one. */
function smallDisk(path: string, size: string): Disk {
  const mount = (...options: string[]): boolean =>
    spawnSync('mount', [...options, path]).status === 0;
  const mounted = mount('-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs');
  return {
    mounted,
    resize: (larger) => assert.ok(mount('-o', `remount,size=${larger}`)),
    [Symbol.dispose]: () => {
      if (mounted) spawnSync('umount', [path]);
    },
  };
}
